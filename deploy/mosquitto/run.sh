#!/bin/sh
# Runs Mosquitto and tells it (SIGHUP) when the files that say who may sign in have changed.
set -u

config=${1:-/mosquitto/config/mosquitto.conf}
access=${2:-/mosquitto/access}
every=${3:-5}

state() { stat -c '%n %i %Y %s' "$access"/* 2>/dev/null; } # a file put in place anew has a new number

until [ -f "$access/passwordfile" ] && [ -f "$access/acl" ]; do sleep 1; done

mosquitto -c "$config" &
broker=$!
trap 'kill -TERM "$broker"' TERM INT

known=$(state)
while kill -0 "$broker" 2>/dev/null; do
  sleep "$every" &
  wait $! # a signal ends this wait, not the sleep
  now=$(state)
  if [ "$now" != "$known" ]; then
    known=$now
    kill -HUP "$broker" 2>/dev/null
  fi
done
wait "$broker"

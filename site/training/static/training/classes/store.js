// What this phone keeps for the door: tickets (whose place it is, at which meeting) and scans to be sent.

const TICKETS = "fengtu-class-tickets";
const SCANS = "fengtu-class-scans";
const OLD = 3 * 24 * 3600 * 1000; // ms after the end of a meeting

function read(name) {
  try {
    const found = JSON.parse(localStorage.getItem(name) ?? "[]");
    return Array.isArray(found) ? found : [];
  } catch {
    return [];
  }
}

const write = (name, rows) => localStorage.setItem(name, JSON.stringify(rows));

export const tickets = () => read(TICKETS).filter((one) => one.until + OLD > Date.now());
export const scans = () => read(SCANS);
export const ticketOf = (meeting) => tickets().find((one) => one.meeting === meeting);

// The tickets of this page take the place of those kept before for the same meetings.
export function keepTickets(fresh) {
  const others = tickets().filter((one) => !fresh.some((each) => each.meeting === one.meeting));
  write(TICKETS, [...others, ...fresh]);
}

// One scan for each meeting: the first stands, as on the server.
export function keepScan(scan) {
  if (!scans().some((one) => one.meeting === scan.meeting && one.ticket === scan.ticket)) write(SCANS, [...scans(), scan]);
}

// Reads anew before it writes: another page of this phone may have kept one meanwhile.
export function settle(sent, change) {
  write(SCANS, scans().map((one) => (one.meeting === sent.meeting && one.ticket === sent.ticket ? change(one) : one)).filter(Boolean));
}

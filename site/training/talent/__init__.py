"""The talent pool (人才库): trainees who want to be found, members who look for people."""

-- The attempts at each limited operation from a network: their number by the hour, and those of the last minutes singly.
-- One row a network and day: `network` begins with the keyed hash of the wide range that the network lies in, so that what
-- a range has done is a range of the key. `day` is first, so that what is over on every site is one range, too.
CREATE TABLE limit_windows (
  day INTEGER NOT NULL,
  site_id TEXT NOT NULL,
  operation TEXT NOT NULL,
  network TEXT NOT NULL,
  hours TEXT NOT NULL,
  recent TEXT NOT NULL,
  last TEXT NOT NULL,
  PRIMARY KEY (day, site_id, operation, network)
) WITHOUT ROWID;

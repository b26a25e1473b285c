-- Grows with every change of the settings, so that two people who change them at the same time hear of each other.
ALTER TABLE sites ADD COLUMN settings_version INTEGER NOT NULL DEFAULT 1;

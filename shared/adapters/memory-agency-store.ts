import { sha256 } from '../domain/ids.js';
import { Agency } from '../domain/registry/agency.js';
import type { AgencyStore } from '../ports.js';
import { memoryRows, promised, saveRow } from './memory-rows.js';

/** The agency for one process; its key is always the same, so that a test's hashes are too. */
export const memoryAgencyStore = (): AgencyStore => {
  const agencies = memoryRows(Agency);
  return {
    read: () => promised(() => agencies.get('agency')),
    save: (agency) => promised(() => saveRow(agencies, 'agency', agency)),
    hashKey: () => promised(() => sha256('the hash key of an agency in memory')),
  };
};

import type { Connector } from './connector.js';

/** A connector that is loaded with the first account that may be read or found: what it opens is known before. */
export const lazyConnector = (reach: Connector['reach'], load: () => Promise<Connector>): Connector => ({
  reach,
  read: async (...asked) => (await load()).read(...asked),
  identify: async (...asked) => (await load()).identify(...asked),
});

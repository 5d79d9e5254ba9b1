import * as z from 'zod';
import { instant, LocalDate, millisecondsBetween } from '../../shared/domain/time.js';
import type { Clock } from '../../shared/ports.js';
import { unreachable } from '../api-client.js';
import type { Session, Surroundings } from '../context.js';
import type { Service } from './deployment.js';

const Agency = z.object({
  closedGates: z.array(z.object({ gate: z.string(), problem: z.string() })),
  holidaysKnownUntil: z.int(),
  today: LocalDate,
});
const Trial = z.object({
  active: z.array(z.object({ id: z.string(), version: z.string() })),
});
const Networks = z.object({
  hosts: z.array(z.object({ host: z.string(), failedRuns: z.int() })),
  tokenless: z.array(z.object({ network: z.string(), host: z.string().nullable() })),
});

/** What the API says of itself to an administrator. */
export const apiService = (
  { api, url }: Session,
  { fetch }: Pick<Surroundings, 'fetch'>,
  now: Clock,
): Service => ({
  agency: async () => Agency.parse(await api.get('/agency')),
  packs: async () =>
    Trial.parse(await api.get('/packs/shadow')).active.map(({ id, version }) => `${id} ${version}`),
  networks: async () => Networks.parse(await api.get('/networks/status')),
  clockSeconds: async () => {
    let answer: Response;
    try {
      answer = await fetch(`${url}/openapi.json`, { method: 'HEAD' });
    } catch (cause) {
      throw unreachable(url, cause);
    }
    const told = answer.headers.get('date');
    if (told === null) throw new Error('An answer has no date');
    return millisecondsBetween(now(), instant(new Date(told))) / 1000;
  },
});

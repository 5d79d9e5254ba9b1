import * as z from 'zod';
import { NETWORK_IDS } from '../networks.js';

/** The networks that a deployment reads, as its functions are told them: `feed,bluesky`. */
export const NetworkList = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.array(z.enum(NETWORK_IDS)).min(1));

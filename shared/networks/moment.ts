import * as z from 'zod';
import { Instant } from '../domain/time.js';

/** Every way of writing a moment that networks use: with or without fractions, with any offset. */
export const Moment = z
  .string()
  .transform((text) => {
    const time = Date.parse(text);
    return Number.isNaN(time) ? '' : new Date(time).toISOString();
  })
  .pipe(Instant);

/** What may be missing, or be of a shape that we do not know, without harm to the rest. */
export const lenient = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().catch(null);

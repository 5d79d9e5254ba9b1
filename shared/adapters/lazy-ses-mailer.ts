import { once } from '../once.js';
import type { Mailer } from '../ports.js';

/** Mail by SES. Its client is loaded with the first mail: most runs of a mailer find nobody to write to. */
export const lazySesMailer = (sender: string): Mailer => {
  const mailer = once(async () => {
    const { sesClient, sesMailer } = await import('./ses-mailer.js');
    return sesMailer(sesClient(), sender);
  });
  return { send: async (...given) => (await mailer()).send(...given) };
};

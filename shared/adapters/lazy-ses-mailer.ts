import type { Mailer } from '../ports.js';

/** Mail by SES. Its client is loaded with the first mail: most runs of a mailer find nobody to write to. */
export const lazySesMailer = (sender: string): Mailer => {
  let mailer: Mailer | undefined;
  return {
    send: async (...given) => {
      const { sesClient, sesMailer } = await import('./ses-mailer.js');
      mailer ??= sesMailer(sesClient(), sender);
      return mailer.send(...given);
    },
  };
};

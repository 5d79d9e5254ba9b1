import { Command } from 'commander';
import { sessionOf, type Surroundings } from './context.js';
import { draftFrom } from './draft.js';
import { uploadFile } from './upload.js';

interface SubmitOptions {
  readonly network: string;
  readonly author: string;
  readonly posted: string;
  readonly file?: string;
  readonly capture?: string;
}

/** `netral submit`: gives in a post that nobody collected. */
export const submitCommand = (around: Surroundings): Command =>
  new Command('submit')
    .description(
      'give in a post of a registered account by its address and its words; it is screened like any other',
    )
    .argument('<url>', 'the address of the post; it is not opened')
    .argument('[text]', 'its words')
    .requiredOption('--network <name>', 'where it was posted')
    .requiredOption('--author <handle>', 'whose it is: a handle, or the address of the profile')
    .requiredOption('--posted <moment>', 'when it was posted, 2026-11-23T08:00:00+07:00')
    .option('--file <path>', 'read its words from a file')
    .option('--capture <file>', 'a picture of it: png, jpg, webp or pdf')
    .action(async (url: string, given: string | undefined, options: SubmitOptions, command: Command) => {
      const { network, author, posted: postedAt } = options;
      const { api, show } = sessionOf(command, 'analyst', around);
      const words = await draftFrom(given, options, around.folder);
      const picture =
        options.capture === undefined
          ? {}
          : { capture: (await uploadFile(api, around)(options.capture)).upload };
      const answer = await api.post('/submissions', {
        network,
        author,
        url,
        postedAt,
        text: words,
        ...picture,
      });
      show(answer, () => [
        'Taken. If its account may be looked at, it is screened like any other post and else forgotten.',
        'Whoever gives a post in never judges it.',
        ...(options.capture === undefined
          ? []
          : [
              'The picture is for whoever judges it after the first decision, and is forgotten if nothing is indicated.',
            ]),
      ]);
    });

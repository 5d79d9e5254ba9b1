import { Command } from 'commander';
import * as z from 'zod';
import { LanguagePack } from '../shared/domain/screening/packs.js';
import { CodePack } from '../shared/domain/screening/code-pack.js';
import { ContestPack } from '../shared/domain/screening/rules.js';
import { showing, type Surroundings } from './context.js';
import { describePacks } from './describe-packs.js';

/** `netral pack schema`: what may stand in a pack. */
export const schemaCommand = (around: Surroundings): Command =>
  new Command('schema')
    .description('what may stand in a pack, as Markdown; with --json as JSON schemas for an editor')
    .action((_options: unknown, command: Command) => {
      const schemas = { code: CodePack, language: LanguagePack, contest: ContestPack };
      const answer = Object.fromEntries(
        Object.entries(schemas).map(([name, schema]) => [name, z.toJSONSchema(schema, { io: 'input' })]),
      );
      showing(command, around)(answer, () => [describePacks().trimEnd()]);
    });

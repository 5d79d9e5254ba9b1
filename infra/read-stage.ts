import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, YAMLParseError } from 'yaml';
import * as z from 'zod';
import { StageConfig } from './stage-config.js';

const FOLDER = join(import.meta.dirname, '../config');

/** A configuration that cannot be used; the message says why and what to do next. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** A stage and its configuration. */
export interface Stage {
  readonly name: string;
  readonly config: StageConfig;
}

/** It becomes part of what stacks, roles and dashboards are called. */
const StageName = z.string().regex(/^[a-z][a-z0-9-]{0,15}$/);

const stageNames = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort();

/** A stage's configuration from its text. Everything that is wrong with it is named at once. */
export const stageFrom = (name: string, text: string): Stage => {
  const file = `config/${name}.yaml`;
  let written: unknown;
  try {
    written = parse(text);
  } catch (error) {
    if (error instanceof YAMLParseError) throw new ConfigError(`${file} is not YAML: ${error.message}`);
    throw error;
  }
  const parsed = StageConfig.safeParse(written);
  if (!parsed.success)
    throw new ConfigError(
      `${file} does not hold:\n${z.prettifyError(parsed.error)}\nWhat each key means: docs/configuration.md`,
    );
  return { name, config: parsed.data };
};

/** Reads `config/<name>.yaml`; the sample where no name is given. */
export const readStage = (name: unknown = 'sample', folder = FOLDER): Stage => {
  const names = stageNames(folder);
  const known = StageName.safeParse(name);
  if (!known.success && names.some((one) => one === name))
    throw new ConfigError(
      `A stage cannot be called "${String(name)}": small letters, digits and hyphens, 16 at most, a letter first. Rename the file in config/.`,
    );
  if (!known.success || !names.includes(known.data))
    throw new ConfigError(
      `There is no stage "${String(name)}"; config/ has ${names.join(', ')}. Copy config/sample.yaml to config/${known.data ?? '<stage>'}.yaml and fill it in.`,
    );
  return stageFrom(known.data, readFileSync(join(folder, `${known.data}.yaml`), 'utf8'));
};

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';

const ROOT = join(import.meta.dirname, '../../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

const Manifest = z.object({
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
  allowScripts: z.record(z.string(), z.boolean()),
});
const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      integrity: z.string().optional(),
      license: z.string().optional(),
      inBundle: z.boolean().default(false),
      hasInstallScript: z.boolean().default(false),
    }),
  ),
});
type Locked = z.infer<typeof Lock>['packages'];

const manifest = Manifest.parse(JSON.parse(read('package.json')));
const lockOf = (file: string): Locked => Lock.parse(JSON.parse(read(file))).packages;
const lock = lockOf('package-lock.json');
/** The networks' real servers, which only the tests install. */
const servers = lockOf('test/servers/package-lock.json');

const installed = (packages: Locked) => Object.entries(packages).filter(([path]) => path !== '');
const nameOf = (path: string): string =>
  path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** A package inside another's archive comes under the hash of that archive. */
const withoutHash = (packages: Locked): readonly string[] =>
  installed(packages)
    .filter(([, { integrity, inBundle }]) => !inBundle && !/^sha512-/.test(integrity ?? ''))
    .map(([path]) => path);

const inexact = (versions: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(versions)
    .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
    .map(([name]) => name);

const withScripts = (packages: Locked): readonly string[] =>
  [
    ...new Set(
      installed(packages).flatMap(([path, { hasInstallScript }]) => (hasInstallScript ? [nameOf(path)] : [])),
    ),
  ].sort();

/** Those that ask for nothing but to be named, and MPL, whose duty ends at its own files. */
const LICENSES = [
  'MIT',
  'MIT-0',
  'Apache-2.0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'Unlicense',
  'CC0-1.0',
  'CC-BY-4.0',
  'MPL-2.0',
];
/** Their manifests of long ago have no such field; what they say elsewhere, read by hand. */
const SAID_ELSEWHERE: Readonly<Record<string, string>> = {
  busboy: 'MIT',
  dicer: 'MIT',
  'humanize-number': 'MIT',
  only: 'MIT',
  streamsearch: 'MIT',
};

const refused = (packages: Locked): readonly string[] =>
  installed(packages).flatMap(([path, { license }]) => {
    const said = license ?? SAID_ELSEWHERE[nameOf(path)] ?? 'none';
    const choices = said.replace(/[()]/g, '').split(' OR ');
    return choices.some((choice) => choice.split(' AND ').every((part) => LICENSES.includes(part)))
      ? []
      : [`${nameOf(path)}: ${said}`];
  });

describe('what is installed', () => {
  it('is pinned to the version', () => {
    expect(inexact(manifest.dependencies)).toEqual([]);
    expect(inexact(manifest.devDependencies)).toEqual([]);
    expect(inexact({ loose: '^1.0.0', tag: 'latest', good: '1.0.0' })).toEqual(['loose', 'tag']);
  });

  it('is known by its hash, all of it', () => {
    expect(withoutHash(lock)).toEqual([]);
    expect(withoutHash(servers)).toEqual([]);
    const { zod } = { zod: lock['node_modules/zod'] };
    expect(withoutHash({ 'node_modules/zod': { ...zod!, integrity: undefined } })).toEqual([
      'node_modules/zod',
    ]);
  });

  it('runs nothing when it is installed but what is named', () => {
    expect(withScripts(lock)).toEqual(Object.keys(manifest.allowScripts).sort());
    const { allowScripts } = Manifest.pick({ allowScripts: true }).parse(
      JSON.parse(read('test/servers/package.json')),
    );
    expect(withScripts(servers)).toEqual(Object.keys(allowScripts).sort());
    const script = { inBundle: false, hasInstallScript: true };
    expect(withScripts({ 'node_modules/a/node_modules/b': script })).toEqual(['b']);
  });

  it('has licences that a government agency can keep', () => {
    expect(refused(lock)).toEqual([]);
    expect(refused(servers)).toEqual([]);
    const plain = { inBundle: false, hasInstallScript: false };
    expect(
      refused({ 'node_modules/a': { ...plain, license: 'AGPL-3.0-only' }, 'node_modules/b': plain }),
    ).toEqual(['a: AGPL-3.0-only', 'b: none']);
  });
});

/** SHA-256 of the binary that the install step of `node` fetches, which the lockfile does not know. */
const NODE: Readonly<Record<string, string>> = {
  'linux-x64': '7fde7b8afa198da66257f42ee2001d874c7355631e6d1579a5fb5ef1f246df4c',
};

describe('Node, the one package whose install step fetches what the lockfile does not know', () => {
  it('is the version that is pinned', () => {
    const binary = join(ROOT, 'node_modules/node/bin/node');
    expect(execFileSync(binary, ['--version'], { encoding: 'utf8' }).trim()).toBe(
      `v${manifest.devDependencies['node'] ?? ''}`,
    );
  });

  it.runIf(`${process.platform}-${process.arch}` in NODE)('is the very file that was looked at', () => {
    const hash = createHash('sha256')
      .update(readFileSync(join(ROOT, 'node_modules/node/bin/node')))
      .digest('hex');
    expect(hash).toBe(NODE[`${process.platform}-${process.arch}`]);
  });
});

const secretsIn = async (filePath: string, content: string): Promise<readonly string[]> => {
  const { messages } = await lintSource({
    source: { filePath, content, ext: filePath.slice(filePath.lastIndexOf('.')), contentType: 'text' },
    options: { config: { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator }] } },
  });
  return messages.map(({ message, loc }) => `${filePath}:${loc.start.line} ${message.slice(0, 40)}`);
};

const BINARY = /\.(bin|png|zip|gz|woff2?)$/;

/** An address that a test refuses to fetch. */
const HOSTILE =
  /^test\/unit\/guarded-fetch\/guarded-fetch\.test\.ts:\d+ found basic auth credential: http:\/\/user/;

describe('what is committed', () => {
  it('holds no secret', async () => {
    const files = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' })
      .split('\0')
      .filter((file) => file !== '' && !BINARY.test(file) && file !== 'package-lock.json');
    expect(files.length).toBeGreaterThan(500);
    const found: string[] = [];
    for (const file of files) found.push(...(await secretsIn(file, read(file))));
    expect(found.filter((one) => !HOSTILE.test(one))).toEqual([]);
  });

  it('would show one', async () => {
    // Put together here, so that this file holds none itself.
    const key = ['AKIA', 'QYLPMN5HHHFPZAM2'].join('');
    const secret = ['wJalrXUtnFEMI', 'K7MDENGbPxRfiCYEXAMPLEKEYZ'].join('/');
    expect(await secretsIn('x.ts', `const id = '${key}';\nAWS_SECRET_ACCESS_KEY = '${secret}'`)).not.toEqual(
      [],
    );
    const token = ['ghp', 'wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'].join('_');
    expect(await secretsIn('x.ts', `const token = '${token}';`)).not.toEqual([]);
  });
});

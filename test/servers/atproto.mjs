// A directory of identities and a server of repositories as the network runs them, on loopback, for tests. Commands come as
// lines of JSON on standard input, `["post", {…}]`, and each is answered by one line. It ends with its input.
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { AtpAgent, RichText } from '@atproto/api';
import { PDS, envToCfg, envToSecrets } from '@atproto/pds';
import { Database, PlcServer } from '@did-plc/server';

const HOST = '127.0.0.1';
const ADMIN = 'secret of the administrator';
const PASSWORD = 'a password for tests';
const hex = (name) => createHash('sha256').update(name).digest('hex');

const freePort = async () => {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, HOST, resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
};
const listening = (app, port) =>
  new Promise((resolve, reject) => {
    const server = app.listen(port, HOST, () => resolve(server));
    server.on('error', reject);
  });

const folder = mkdtempSync(join(tmpdir(), 'netral-pds-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const plcPort = await freePort();
const plc = PlcServer.create({ db: Database.mock(), port: plcPort });
// `start()` would listen on every interface.
await listening(plc.app, plcPort);
const directory = `http://localhost:${plcPort}`;

const startPds = async (name, rateLimits) => {
  const port = await freePort();
  mkdirSync(join(folder, name));
  const env = {
    hostname: 'localhost',
    port,
    devMode: true,
    dataDirectory: join(folder, name),
    blobstoreDiskLocation: join(folder, name, 'blobs'),
    blobstoreDiskTmpLocation: join(folder, name, 'tmp'),
    plcRotationKeyK256PrivateKeyHex: hex(`rotation key of ${name}`),
    jwtSecret: hex(`tokens of ${name}`),
    dpopSecret: hex(`proofs of ${name}`),
    adminPassword: ADMIN,
    didPlcUrl: directory,
    serviceHandleDomains: ['.test'],
    inviteRequired: false,
    disableSsrfProtection: true,
    rateLimitsEnabled: rateLimits,
    logEnabled: false,
  };
  const pds = await PDS.create(envToCfg(env), envToSecrets(env));
  await pds.ctx.sequencer.start();
  await listening(pds.app, port);
  return `http://localhost:${port}`;
};

const servers = { open: await startPds('open', false) };
const agents = new Map();
const agentOf = (handle) => {
  const agent = agents.get(handle);
  if (agent === undefined) throw new Error(`Nobody is called ${handle}`);
  return agent;
};
const asAdmin = {
  encoding: 'application/json',
  headers: { authorization: `Basic ${Buffer.from(`admin:${ADMIN}`).toString('base64')}` },
};
const rkeyOf = (uri) => uri.split('/').at(-1);
const collectionOf = (uri) => uri.split('/').at(-2);

const commands = {
  enrol: async ({ handle }) => {
    const agent = new AtpAgent({ service: servers.open });
    await agent.createAccount({ handle, email: `${handle}@sukamaju.example`, password: PASSWORD });
    agents.set(handle, agent);
    return { did: agent.assertDid };
  },
  // Facets are found as clients find them.
  post: async ({ handle, text, ...more }) => {
    const rich = new RichText({ text });
    rich.detectFacetsWithoutResolution();
    return agentOf(handle).post({ text: rich.text, facets: rich.facets, langs: ['id'], ...more });
  },
  repost: ({ handle, uri, cid }) => agentOf(handle).repost(uri, cid),
  edit: async ({ handle, uri, text }) => {
    const agent = agentOf(handle);
    const at = { repo: agent.assertDid, collection: collectionOf(uri), rkey: rkeyOf(uri) };
    const { data } = await agent.com.atproto.repo.getRecord(at);
    const put = await agent.com.atproto.repo.putRecord({
      ...at,
      record: { ...data.value, text, facets: undefined },
    });
    return put.data;
  },
  put: async ({ handle, collection, rkey, record }) => {
    const agent = agentOf(handle);
    const put = await agent.com.atproto.repo.putRecord({ repo: agent.assertDid, collection, rkey, record });
    return put.data;
  },
  remove: async ({ handle, uri }) => {
    const agent = agentOf(handle);
    await agent.com.atproto.repo.deleteRecord({
      repo: agent.assertDid,
      collection: collectionOf(uri),
      rkey: rkeyOf(uri),
    });
    return {};
  },
  deactivate: async ({ handle }) => {
    await agentOf(handle).com.atproto.server.deactivateAccount({});
    return {};
  },
  activate: async ({ handle }) => {
    await agentOf(handle).com.atproto.server.activateAccount();
    return {};
  },
  takeDown: async ({ handle, applied }) => {
    await agentOf(handle).com.atproto.admin.updateSubjectStatus(
      {
        subject: { $type: 'com.atproto.admin.defs#repoRef', did: agentOf(handle).assertDid },
        takedown: { applied },
      },
      asAdmin,
    );
    return {};
  },
  rename: async ({ handle, to }) => {
    await agentOf(handle).com.atproto.identity.updateHandle({ handle: to });
    return {};
  },
  /** A second server, that counts calls as the network's do. */
  limited: async () => {
    servers.limited ??= await startPds('limited', true);
    return { origin: servers.limited };
  },
};

const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
say({ directory, origin: servers.open });
for await (const line of createInterface({ input: process.stdin })) {
  const [name, parameters] = JSON.parse(line);
  try {
    say({ ok: await commands[name](parameters) });
  } catch (error) {
    say({ error: String(error) });
  }
}
process.exit(0);

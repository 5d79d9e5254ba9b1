import { main } from '../../../cli/main.js';

/** Run in a process of its own: the whole command on the archive in the first argument, and what it took at its peak. */
const [file = '', folder = ''] = process.argv.slice(2);
let out = '';
const started = performance.now();
const line = ['--json', 'archive', 'read', file, '--from', '2029-09-01', '--to', '2029-11-30'];
const code = await main([...line, '--choose', 'all', '--out', 'chosen.json'], {
  out: (text) => {
    out += text;
  },
  err: (text) => process.stderr.write(text),
  env: {},
  folder,
  fetch: () => {
    throw new Error('Nothing may leave the machine');
  },
  colours: false,
});
const seconds = (performance.now() - started) / 1000;
const peakMegabytes = process.resourceUsage().maxRSS / 1024;
const answer: unknown = JSON.parse(out);
console.log(JSON.stringify({ code, answer, seconds, peakMegabytes }));

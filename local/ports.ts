import { once } from 'node:events';
import { createServer } from 'node:net';

/** A port that is needed belongs to somebody else. */
export class PortInUseError extends Error {
  override readonly name = 'PortInUseError';

  constructor(readonly port: number) {
    super(`Port ${port} is in use`);
  }
}

const HOSTS = 11;

/** Where the parts of the stack listen, counted from one base. */
export const portsFrom = (base: number) => ({
  api: base,
  issuer: base + 1,
  mailbox: base + 2,
  /** One for each host of the sample network. */
  sampleHosts: Array.from({ length: HOSTS }, (_, index) => base + 10 + index),
});

/** Refuses before anything is deleted or started, so that nothing has to be undone. */
export const refuseUsedPorts = async (base: number): Promise<void> => {
  const { api, issuer, mailbox, sampleHosts } = portsFrom(base);
  for (const port of [api, issuer, mailbox, ...sampleHosts]) {
    const probe = createServer();
    try {
      probe.listen(port, '127.0.0.1');
      await once(probe, 'listening');
    } catch {
      throw new PortInUseError(port);
    }
    probe.close();
    await once(probe, 'close');
  }
};

import type { ConnectorFrom } from '../connector.js';
import type { BlueskySettings } from './did-document.js';

export const settingsFrom = (environment: Parameters<ConnectorFrom>[0]): BlueskySettings => ({
  guard: environment.NETWORK_GUARD,
  plcDirectory: environment.PLC_DIRECTORY_ORIGIN,
  appView: environment.BLUESKY_APPVIEW_ORIGIN,
});

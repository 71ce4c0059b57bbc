/** Declared endpoints whose feature is not built in yet. May only shrink: a handler that appears must be taken off. */
export const notImplemented: readonly string[] = [
  'data.import-folder',
  'data.import-from-folder',
  'data.upload',
  'data.list',
  'data.get',
  'data.tree',
  'data.table',
  'data.waveforms',
  'data.histogram',
  'data.download',
];

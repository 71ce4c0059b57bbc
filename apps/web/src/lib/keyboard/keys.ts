/** A key of the dashboard, as the list behind `?` shows it. */
export interface KeyHelp {
  readonly keys: string;
  readonly does: string;
}

export const generalKeys: readonly KeyHelp[] = [
  { keys: 'Ctrl K', does: 'Find a page, a run or an action' },
  { keys: '?', does: 'Show these keys' },
  { keys: 'g c', does: 'Control room' },
  { keys: 'g i', does: 'Instruments' },
  { keys: 'g r', does: 'Runs' },
  { keys: 'g d', does: 'Data' },
  { keys: 'g p', does: 'Process' },
  { keys: 'g j', does: 'Jobs' },
  { keys: 'g l', does: 'Log' },
  { keys: 'g a', does: 'Alarms' },
];

export const tableKeys: readonly KeyHelp[] = [
  { keys: 'j / k', does: 'Next / previous row' },
  { keys: 'Enter', does: 'Open the row' },
  { keys: 'x', does: 'Select the row' },
];

export const waveformKeys: readonly KeyHelp[] = [
  { keys: 'n / p', does: 'Next / previous waveform of a file' },
];

export const screenKeys: readonly KeyHelp[] = [
  { keys: 'h / s', does: 'Hold or run / take a single record' },
  { keys: '+ / -', does: 'Zoom in / out' },
  { keys: '← / →', does: 'Move the window, or the cursor that has the focus' },
];

/** True when keys belong to what is being written in, or to an open dialog. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest('[role="dialog"]') !== null) return true;
  return ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName);
}

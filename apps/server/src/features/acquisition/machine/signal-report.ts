import type { SignalReading as ReportedSignal } from '@countroom/contracts';
import type { SignalDefinition, SignalReading } from '@countroom/drivers';

const severities = { ok: 'ok', warning: 'minor', alarm: 'major', invalid: 'invalid' } as const;

/** Readings as pages show them; signals never read yet are left out. */
export function reportSignals(
  definitions: readonly SignalDefinition[],
  readings: ReadonlyMap<string, SignalReading>,
): ReportedSignal[] {
  return definitions.flatMap((definition) => {
    const reading = readings.get(definition.name);
    if (reading === undefined) return [];
    return {
      name: definition.name,
      title: definition.title,
      value: reading.value,
      unit: definition.unit ?? '',
      writable: definition.access === 'setting',
      severity: severities[reading.severity],
      at: new Date(Number(reading.timeNs / 1_000_000n)).toISOString(),
      periodMs: definition.periodMs,
    };
  });
}

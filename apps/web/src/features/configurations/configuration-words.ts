import type { ConfigurationKind } from '@countroom/contracts';

export const kindChoices: readonly {
  readonly value: ConfigurationKind;
  readonly label: string;
  readonly about: string;
}[] = [
  { value: 'detector', label: 'Detector', about: 'Sources of a detector with the settings of their drivers' },
  { value: 'pipeline', label: 'Pipeline', about: 'Stages with the names of their configurations' },
  {
    value: 'daq_to_raw',
    label: 'Decode recording',
    about: 'Which channels of a recording go to which table',
  },
  { value: 'raw_to_dsp', label: 'Process waveforms', about: 'A chain of signal processors' },
  { value: 'dsp_to_hit', label: 'Make hits', about: 'Calibration and quality flags' },
  { value: 'build_tcm', label: 'Find coincidences', about: 'Which hits belong to one event' },
  { value: 'hit_to_evt', label: 'Build events', about: 'Fields of events out of the hits of all channels' },
  { value: 'calibrate', label: 'Calibrate', about: 'Source, column and lines of an energy calibration' },
  {
    value: 'optimise_dsp',
    label: 'Optimise processing',
    about: 'Parameters of a chain that are searched, and what for',
  },
  {
    value: 'find_decay_constant',
    label: 'Find decay constants',
    about: 'How decay constants are found from tails',
  },
  {
    value: 'find_filter',
    label: 'Find optimum filters',
    about: 'What filters are made of, and what for',
  },
  {
    value: 'correct_trapping',
    label: 'Correct charge trapping',
    about: 'Column, drift time and line of the correction',
  },
  { value: 'find_cuts', label: 'Find cuts', about: 'Data cleaning, pulser, A/E and LQ' },
  {
    value: 'find_pulses',
    label: 'Find pulses',
    about: 'Pulses, coincidences and decays in records of a scope',
  },
  {
    value: 'pulse_statistics',
    label: 'Pulse statistics',
    about: 'Rate, waiting times, lifetime and efficiencies of found pulses',
  },
];

export function kindLabel(kind: ConfigurationKind): string {
  return kindChoices.find(({ value }) => value === kind)?.label ?? kind;
}

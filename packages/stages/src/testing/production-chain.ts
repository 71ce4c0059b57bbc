/**
 * The part of the processing of the production files whose settings can be read off the files themselves: waveforms
 * averaged over six samples, the baseline from their first 464, the pole-zero correction with one decay constant per
 * channel, a trapezoid of 10 µs and 3.008 µs; and a window of the waveforms as they are.
 */
export const productionChain = {
  outputs: [
    'timestamp',
    'baseline',
    'bl_mean',
    'bl_std',
    'bl_slope',
    'bl_intercept',
    'tp_min',
    'tp_max',
    'wf_min',
    'wf_max',
    'tp_min_win',
    'tp_max_win',
    'wf_min_win',
    'wf_max_win',
    'pz_mean',
    'pz_std',
    'pz_slope',
    'pz_intercept',
    'trapTmax',
  ],
  processors: {
    'ps_factor, wf_presum': {
      function: 'presum',
      module: 'dspeed.processors',
      args: [
        'waveform',
        1,
        'ps_factor',
        "wf_presum(len(waveform)//6, 'f', period=6*waveform.period, offset=waveform.offset)",
      ],
      unit: ['', 'ADC'],
    },
    'bl_mean, bl_std, bl_slope, bl_intercept': {
      function: 'linear_slope_fit',
      module: 'dspeed.processors',
      args: ['wf_presum[0:464]', 'bl_mean', 'bl_std', 'bl_slope', 'bl_intercept'],
      unit: ['ADC', 'ADC', 'ADC', 'ADC'],
    },
    'tp_min, tp_max, wf_min, wf_max': {
      function: 'min_max',
      module: 'dspeed.processors',
      args: ['wf_presum', 'tp_min', 'tp_max', 'wf_min', 'wf_max'],
      unit: ['ns', 'ns', 'ADC', 'ADC'],
    },
    'tp_min_win, tp_max_win, wf_min_win, wf_max_win': {
      function: 'min_max',
      module: 'dspeed.processors',
      args: ['waveform[2625:4025]', 'tp_min_win', 'tp_max_win', 'wf_min_win', 'wf_max_win'],
      unit: ['ns', 'ns', 'ADC', 'ADC'],
    },
    wf_blsub: {
      function: 'bl_subtract',
      module: 'dspeed.processors',
      args: ['wf_presum', 'bl_mean', 'wf_blsub'],
      unit: 'ADC',
    },
    wf_pz: {
      function: 'pole_zero',
      module: 'dspeed.processors',
      args: ['wf_blsub', 'db.pz.tau', 'wf_pz'],
      unit: 'ADC',
    },
    'pz_mean, pz_std, pz_slope, pz_intercept': {
      function: 'linear_slope_fit',
      module: 'dspeed.processors',
      args: ['wf_pz[1042:]', 'pz_mean', 'pz_std', 'pz_slope', 'pz_intercept'],
      unit: ['ADC', 'ADC', 'ADC', 'ADC'],
    },
    wf_trap: {
      function: 'trap_norm',
      module: 'dspeed.processors',
      args: ['wf_pz', '10*us', '3.008*us', 'wf_trap'],
      unit: 'ADC',
    },
    trapTmax: {
      function: 'amax',
      module: 'numpy',
      args: ['wf_trap', 1, 'trapTmax'],
      kwargs: { signature: '(n),()->()', types: ['fi->f'] },
      unit: 'ADC',
    },
  },
};

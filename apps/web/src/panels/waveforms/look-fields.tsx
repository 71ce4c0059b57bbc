'use client';

import { type ReactNode, useMemo } from 'react';
import { urlChoice } from '../../lib/url/url-state';
import { ChoiceField } from '../choice-field';
import { usePanelState } from '../panel-state';
import type { LiveLook } from './overlay';

const overlays = ['1', '8', '32'] as const;
const overlayCodec = urlChoice(overlays);
const baseCodec = urlChoice(['sent', 'start']);
const normCodec = urlChoice(['sent', 'max']);
const alignCodec = urlChoice(['trigger', 'max']);

/** How many waveforms of each channel are drawn over each other, and in which shape; in the address. */
export interface LiveView {
  readonly overlay: number;
  readonly look: LiveLook;
  readonly fields: ReactNode;
}

export function useLiveView(): LiveView {
  const [overlay, setOverlay] = usePanelState('waveforms', 'overlay', overlayCodec);
  const [base, setBase] = usePanelState('waveforms', 'base', baseCodec);
  const [norm, setNorm] = usePanelState('waveforms', 'norm', normCodec);
  const [align, setAlign] = usePanelState('waveforms', 'align', alignCodec);
  const look = useMemo(() => ({ base, norm, align }), [base, norm, align]);
  const fields = (
    <>
      <ChoiceField
        label="Overlay"
        value={overlay}
        words={{ '1': 'newest', '8': 'last 8', '32': 'last 32' }}
        onChange={(value) => setOverlay(overlayCodec.read(value))}
      />
      <ChoiceField
        label="Time 0"
        value={align}
        words={{ trigger: 'as recorded', max: 'highest point' }}
        onChange={(value) => setAlign(alignCodec.read(value))}
      />
      <ChoiceField
        label="Baseline"
        value={base}
        words={{ sent: 'as recorded', start: 'taken away' }}
        onChange={(value) => setBase(baseCodec.read(value))}
      />
      <ChoiceField
        label="Height"
        value={norm}
        words={{ sent: 'as recorded', max: 'all 1' }}
        onChange={(value) => setNorm(normCodec.read(value))}
      />
    </>
  );
  return { overlay: Number(overlay), look, fields };
}

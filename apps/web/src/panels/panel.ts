import type { TopicName } from '@countroom/contracts';
import type { ComponentType } from 'react';

/** What a live panel is given. */
export interface LivePanelProps {
  readonly detector: string;
}

/** A kind of live panel: which topic it shows and what draws it. */
export interface LivePanel {
  readonly kind: string;
  readonly title: string;
  readonly topic: TopicName;
  readonly Container: ComponentType<LivePanelProps>;
}

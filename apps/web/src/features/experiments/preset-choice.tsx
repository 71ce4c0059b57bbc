'use client';

import type { Experiment } from '@countroom/contracts';
import type { ReactNode } from 'react';
import { shownError } from '../../lib/api/errors';
import { usePermission } from '../../lib/api/use-session';
import { textIn, useLanguage } from '../../lib/language/language';
import { LocalWords } from '../../lib/language/local-paragraphs';
import type { DetectorLive } from '../../lib/live/status-provider';
import { ActionButton } from '../../lib/ui/action-button';
import { FaultNote } from '../../lib/ui/fault-note';
import { StatusMark } from '../../lib/ui/status-mark';
import classes from './experiments.module.css';
import { message } from './messages';
import { presetName } from './preset-names';
import { useActivatePreset } from './use-activate-preset';

/** Makes the settings of a preset those of the detector. */
export function PresetChoice({
  experiment,
  live,
}: {
  readonly experiment: Experiment;
  readonly live: DetectorLive;
}): ReactNode {
  const { language } = useLanguage();
  const permission = usePermission('expert', live.detector.name);
  const activate = useActivatePreset(live.detector);
  const running = live.status?.run !== null && live.status?.run !== undefined;
  const reasonOf = (name: string): string | null => {
    if (!permission.allowed) return `${message(language, 'roleNeeded')} ${name}`;
    return running ? message(language, 'runs') : null;
  };
  return (
    <>
      {experiment.presets.map((preset) => {
        const name = presetName(experiment, preset);
        const title = textIn(language, preset.title);
        return (
          <div key={preset.name} className={classes['preset']}>
            {live.detector.configuration?.name === name ? (
              <StatusMark mark="ok">
                {title}: {message(language, 'inUse')}
              </StatusMark>
            ) : (
              <ActionButton
                variant="default"
                aria-label={`${message(language, 'useSettings')}: ${title}`}
                reason={reasonOf(name)}
                loading={activate.isPending && activate.variables.name === name}
                onClick={() => activate.mutate({ name, title, preset })}
              >
                {title}
              </ActionButton>
            )}
            {preset.about === undefined ? null : (
              <span className="dim">
                <LocalWords text={preset.about} />
              </span>
            )}
          </div>
        );
      })}
      <FaultNote failure={activate.error === null ? undefined : shownError(activate.error)} />
    </>
  );
}

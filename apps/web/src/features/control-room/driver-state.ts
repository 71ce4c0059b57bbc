import type { SourceStatus } from '@countroom/contracts';

/** The state that a driver's commands name, from the run state that the source reports. */
export function driverState(source: Pick<SourceStatus, 'state' | 'phase' | 'health'>): string {
  switch (source.state) {
    case 'STOP':
      return source.health === 'fault' ? 'fault' : 'idle';
    case 'READY':
      return 'prepared';
    case 'RUN':
      if (source.phase === 'paused' || source.phase === 'draining') return source.phase;
      return 'taking';
  }
}

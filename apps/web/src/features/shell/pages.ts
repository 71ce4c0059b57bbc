import {
  IconActivityHeartbeat,
  IconAdjustments,
  IconBell,
  IconBroadcast,
  IconDatabase,
  IconListCheck,
  IconListDetails,
  IconNotebook,
  IconSchool,
  IconSettings2,
  IconStack2,
  IconVariable,
} from '@tabler/icons-react';

/** A page of the rail. */
export interface PageEntry {
  readonly path: string;
  readonly title: string;
  /** Letter behind `g`. */
  readonly key: string | null;
  readonly icon: typeof IconBell;
}

export const pages: readonly PageEntry[] = [
  { path: '/control-room', title: 'Control room', key: 'c', icon: IconBroadcast },
  { path: '/instruments', title: 'Instruments', key: 'i', icon: IconActivityHeartbeat },
  { path: '/experiments', title: 'Experiments', key: 'e', icon: IconSchool },
  { path: '/runs', title: 'Runs', key: 'r', icon: IconListDetails },
  { path: '/data', title: 'Data', key: 'd', icon: IconDatabase },
  { path: '/process', title: 'Process', key: 'p', icon: IconStack2 },
  { path: '/jobs', title: 'Jobs', key: 'j', icon: IconListCheck },
  { path: '/configurations', title: 'Configurations', key: null, icon: IconAdjustments },
  { path: '/parameters', title: 'Parameters', key: null, icon: IconVariable },
  { path: '/log', title: 'Log', key: 'l', icon: IconNotebook },
  { path: '/alarms', title: 'Alarms', key: 'a', icon: IconBell },
  { path: '/administration', title: 'Administration', key: null, icon: IconSettings2 },
];

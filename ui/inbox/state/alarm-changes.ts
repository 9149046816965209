import type { State } from './state.ts';

export function alarmDismissed(state: State, id: string): State {
  return { ...state, alarms: state.alarms.filter((alarm) => alarm.id !== id) };
}

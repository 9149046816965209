/** What neither the first list nor reading a conversation needs, in one script with its styles. See views/lazy-views.ts. */
import { stylesheet } from '../shell/stylesheet.ts';
import * as waiting from './waiting/waiting.ts';
import { waits } from './waits.ts';

export { announceNew } from './actions/alarm-actions.ts';
export { Advice } from './views/advice.ts';
export { AlarmNotices } from './views/alarms.ts';
export { ConsentDialog } from './views/consent-dialog.ts';
export { ConsentMenu } from './views/consent-menu.ts';
export { IdleDialog } from './views/dialogs.ts';
export { MessageMedia } from './views/message-media.ts';
export { NoPractice } from './views/no-practice.ts';
export { PersonMenu } from './views/person-menu.ts';
export { PictureDialog } from './views/picture-dialog.ts';

await stylesheet('/assets/later.css');
waits.value = waiting;

import type { AccessDialogue } from '../../domain/access.ts';
import type { ConsoleApp } from '../console-app.ts';
import { BY_ITSELF } from '../dialogs/dialogs.ts';
import { changeLines } from './change-lines.ts';

/** Asks before a change, with Cancel as the default, and says what is being waited for. */
export function accessDialogue(app: ConsoleApp): AccessDialogue {
  const { messages } = app.context;
  return {
    async consent(change) {
      const { title, agree, agreeKey } = messages.access.console;
      const answer = await app.dialogs.ask({ title, lines: changeLines(change, messages), choices: [{ id: 'yes', label: agree, key: agreeKey }], askedAt: BY_ITSELF });
      return answer === 'yes' ? 'yes' : 'declined';
    },
    progress(step) {
      const text = messages.access.progress(step);
      if (text !== null) app.notify('accent', text);
    },
  };
}

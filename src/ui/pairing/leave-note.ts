import type { ConsoleApp } from '../console-app.ts';

/** Asks for a line, which enters the run's record with name and time, and which all who watch see. */
export async function leaveNote(app: ConsoleApp): Promise<void> {
  const { pairing } = app.context.messages;
  if (!app.journey.run.takesNotes) {
    app.notify('warn', pairing.noNotes);
    return;
  }
  const text = await app.dialogs.prompt({
    title: pairing.noteTitle,
    lines: [{ text: pairing.noteHint, emphasis: 'dim' }],
    refuse: (given) => (given.trim() === '' ? pairing.emptyNote : null),
  });
  if (text === null) return;
  const fault = app.journey.run.note(text);
  if (fault !== null) app.notify('fail', pairing.notNoted(fault));
  else if (app.store.getState().live !== null) app.notify('pass', pairing.noted);
}

import type { ConsoleState, PanelId } from '../../store/console-state.ts';
import { lineText } from '../components/line.ts';
import type { ConsoleContext } from '../context.ts';
import { PANELS } from '../panels/index.ts';
import { pictureLines } from '../panels/picture/picture-panel.ts';
import { verdictSummary } from '../summary.ts';

/** Wide enough that nothing is wrapped in the middle of a command. */
const TEXT_WIDTH = 400;

/** What is copied from a panel, as plain lines: of the verdict what one pastes into the incident channel, of the others all they hold. */
export function runText(context: ConsoleContext, state: ConsoleState, panel: PanelId): readonly string[] {
  const { messages, theme } = context;
  if (panel === 'verdict' && state.run.conclusion !== null) {
    return [...verdictSummary(state.run, messages), '', ...pictureLines(state.run, messages, theme.isAscii).map((line) => line.text)];
  }
  const { lines, title } = PANELS[panel](context, state, TEXT_WIDTH);
  return [lineText(title), ...Array.from({ length: lines.count }, (_, index) => lineText(lines.at(index)))];
}

import { drawBriefly, drawPicture, pathPicture, PICTURE_ASCII, PICTURE_UNICODE, type PictureLine } from '../../../domain/path-picture/index.ts';
import type { Messages } from '../../../i18n/index.ts';
import type { RunState } from '../../../store/run-state.ts';
import { linesOf, span } from '../../components/line.ts';
import type { Panel } from '../panel.ts';

/** The way from the pod to its destination, as far as it is known, with the place where it breaks. */
export const picturePanel: Panel = (context, state) => {
  const { messages, theme } = context;
  const { arrow, status } = theme.glyphs;
  const brief = drawBriefly(pathPicture(sourceOf(state.run)), messages.picture, arrow, status.fail);
  const lines = pictureLines(state.run, messages, theme.isAscii);
  return {
    title: [span(messages.ui.panels.picture, 'strong')],
    status: [],
    lines: linesOf(lines.map(({ text, emphasis }) => [span(text, emphasis)])),
    brief: [span(brief)],
    rests: 'start',
  };
};

export function pictureLines(run: RunState, messages: Messages, isAscii: boolean): readonly PictureLine[] {
  return drawPicture(pathPicture(sourceOf(run)), messages.picture, isAscii ? PICTURE_ASCII : PICTURE_UNICODE);
}

function sourceOf(run: RunState): Parameters<typeof pathPicture>[0] {
  return { target: run.target, dependency: run.dependency, observations: Object.values(run.observations), conclusion: run.conclusion };
}

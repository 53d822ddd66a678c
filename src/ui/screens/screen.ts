import type { ReactElement } from 'react';
import type { ConsoleState, Screen } from '../../store/console-state.ts';
import type { ConsoleApp } from '../console-app.ts';
import type { ConsoleContext } from '../context.ts';
import type { Action, Scope } from '../key-bindings.ts';
import type { KeyPress } from '../terminal/key-decoder.ts';

export interface ScreenProps {
  readonly context: ConsoleContext;
  /** Its `size` is the room that header, footer and an open dialog leave, header and footer counted in. */
  readonly state: ConsoleState;
}

/** All that the console knows of a kind of screen: how it is drawn, what keys do in it and what it loads. */
export interface ScreenDefinition<S extends Screen = Screen> {
  readonly Body: (props: ScreenProps) => ReactElement;
  /** Which keys of the table work in it now. */
  readonly scope: (state: ConsoleState) => Scope;
  readonly act: (app: ConsoleApp, action: Action, scope: Scope, key: string) => void;
  /** A key that nothing is bound to, in a text scope. */
  readonly type?: (app: ConsoleApp, key: KeyPress, scope: Scope) => void;
  /** Called when it is opened and when it is loaded again. */
  readonly load: (app: ConsoleApp, screen: S) => void;
}

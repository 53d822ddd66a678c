/** The parts of the window. Identity and destination above, the keys below; a dialog takes its rows from the screen's. */
export const HEADER_ROWS = 2;
export const FOOTER_ROWS = 1;
export const MIN_COLUMNS = 60;
export const MIN_ROWS = 16;

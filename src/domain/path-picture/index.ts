/** A picture of the path: `pathPicture` says what is on it and where it breaks, `drawPicture` puts it into lines. */
export { pathPicture, type PathPicture, type PathSource, type PathStop } from './picture.ts';
export { drawBriefly, drawPicture, PICTURE_ASCII, PICTURE_UNICODE, type PictureGlyphs, type PictureLine, type PictureWords } from './draw.ts';

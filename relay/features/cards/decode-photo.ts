/**
 * A process of its own that turns one uploaded image into a photo: bytes of any image in, WebP out.
 * Whatever an image does to its decoder (memory, time, a crash) ends with this process: see photo-
 * decoder.ts. It accepts only formats whose decoders take hostile bytes every day in browsers.
 */
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';

/** A little more than phones take by default (24 megapixels). */
const MOST_PIXELS = 36_000_000;
const SIDE_PX = 192;

sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadJpegBuffer',
    'VipsForeignLoadPngBuffer',
    'VipsForeignLoadWebpBuffer',
    'VipsForeignLoadHeifBuffer', // AVIF alone: the prebuilt library has no HEVC
  ],
});
sharp.concurrency(1);
sharp.cache(false);

const photo = await sharp(await buffer(process.stdin), {
  limitInputPixels: MOST_PIXELS,
  failOn: 'error',
})
  .autoOrient()
  .resize(SIDE_PX, SIDE_PX, { fit: 'cover' })
  .flatten({ background: '#fff' })
  // It writes nothing else of the file: no EXIF, so no place where the photo was taken.
  .webp({ quality: 82 })
  .toBuffer();
process.stdout.end(photo);

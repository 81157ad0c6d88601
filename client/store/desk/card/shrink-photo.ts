/** Makes a photo small before it travels: a helper's card needs little of what a camera took. */

/** Enough for the largest size that is shown, on a dense screen. */
const SIDE_PX = 512;

/** The image, upright and no larger than needed; the file itself if this browser cannot read it. */
export async function shrinkPhoto(file: Blob): Promise<Blob> {
  let image: ImageBitmap;
  try {
    image = await createImageBitmap(file);
  } catch {
    return file; // the relay says whether it is an image
  }
  try {
    const scale = Math.min(1, SIDE_PX / Math.min(image.width, image.height));
    const canvas = new OffscreenCanvas(
      Math.max(1, Math.round(image.width * scale)),
      Math.max(1, Math.round(image.height * scale)),
    );
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await canvas.convertToBlob({ type: 'image/webp', quality: 0.9 });
  } catch {
    return file; // a browser without such a canvas
  } finally {
    image.close();
  }
}

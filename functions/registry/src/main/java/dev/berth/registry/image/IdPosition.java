package dev.berth.registry.image;

import dev.berth.core.oci.Digest;

/**
 * How far a listing of names has come: an image, and the last of its tags that was named.
 *
 * @param tag empty where the image was named without one
 */
record IdPosition(Digest digest, String tag) {

  static IdPosition behind(ImageId id) {
    return new IdPosition(id.digest(), id.tag().map(Object::toString).orElse(""));
  }

  static IdPosition parse(String text) {
    int hash = text.indexOf('#');
    return new IdPosition(ImageItem.digest(text.substring(0, hash)), text.substring(hash + 1));
  }

  /** The image is looked at again, for it may have more tags: its prefix sorts right before it. */
  String scanAfter() {
    String key = digest.toString();
    return key.substring(0, key.length() - 1);
  }

  boolean covers(ImageId id) {
    return id.digest().equals(digest)
        && id.tag().map(Object::toString).orElse("").compareTo(tag) <= 0;
  }

  @Override
  public String toString() {
    return digest + "#" + tag;
  }
}

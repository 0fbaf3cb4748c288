package dev.berth.registry.image;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.Manifest;
import dev.berth.core.oci.ManifestReader;
import dev.berth.core.oci.MediaTypes;
import dev.berth.registry.encryption.Encryption;
import dev.berth.registry.repository.Repository;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.Objects.NoSuchObjectException;
import dev.berth.registry.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where the bytes of manifests are kept: in the item under {@link Keys#manifest}, so that they come
 * with the image in one call, or in an object where they would not fit or have a key of their own.
 * What an index names is kept beside its object, so that an image can be deleted, and its place in
 * the repository be known, while the key cannot be used.
 */
final class Manifests {

  /** Leaves room for the key and the rest in DynamoDB's 400 KB. */
  static final int MOST_INLINE = 350 * 1024;

  private static final String BYTES = "bytes";
  private static final String OBJECT_KEY = "objectKey";
  private static final String SIZE = "size";
  private static final String CHILDREN = "children";
  private static final String SEPARATOR = " ";

  private final Objects objects;

  Manifests(Objects objects) {
    this.objects = objects;
  }

  /**
   * The item that keeps these bytes; writes an object first where they are too many for it, or have
   * to be encrypted with the repository's key.
   */
  Item write(Repository repository, Digest digest, Manifest manifest, byte[] bytes) {
    Key key = Keys.manifest(repository.id(), digest);
    var item = Item.at(key).number(Keys.FORMAT_ATTRIBUTE, Keys.FORMAT).number(SIZE, bytes.length);
    if (bytes.length <= MOST_INLINE && repository.encryption() instanceof Encryption.Aes256) {
      return item.binary(BYTES, bytes).build();
    }
    String objectKey = ManifestObjects.fresh(repository, digest);
    objects.put(
        objectKey,
        ByteBuffer.wrap(bytes),
        repository.encryption().ofObjects(repository.account(), repository.name()));
    return item.text(OBJECT_KEY, objectKey).text(CHILDREN, joined(manifest.children())).build();
  }

  /**
   * The bytes; empty where the image was deleted, and its object with it, since the item was read.
   */
  Optional<byte[]> read(Item item) {
    return item.optionalBinary(BYTES)
        .or(() -> readObject(item.text(OBJECT_KEY), item.number(SIZE)));
  }

  private static String joined(List<Digest> digests) {
    return digests.stream().map(Digest::toString).collect(Collectors.joining(SEPARATOR));
  }

  /**
   * The images that an index names, none where it is another manifest; none, too, where the image
   * was deleted since the item was read.
   *
   * @param mediaType of the manifest
   */
  List<Digest> children(String mediaType, Item item) {
    if (!MediaTypes.INDEXES.contains(mediaType)) {
      return List.of();
    }
    return item.optionalText(CHILDREN)
        .map(Manifests::split)
        // it is in the item, or was pushed before its children were kept beside its object
        .or(() -> read(item).map(bytes -> read(bytes, mediaType).children()))
        .orElse(List.of());
  }

  private static List<Digest> split(String joined) {
    return Arrays.stream(joined.split(SEPARATOR))
        .filter(digest -> !digest.isEmpty())
        .map(ImageItem::digest)
        .toList();
  }

  private static Manifest read(byte[] bytes, String mediaType) {
    return ManifestReader.read(bytes, Optional.of(mediaType));
  }

  /** The object that an item's bytes are in, if they are in one. */
  Optional<String> objectKey(Item item) {
    return item.optionalText(OBJECT_KEY);
  }

  private Optional<byte[]> readObject(String key, long size) {
    try (InputStream in = objects.get(key, 0, size)) {
      return Optional.of(in.readAllBytes());
    } catch (NoSuchObjectException deleted) {
      return Optional.empty();
    } catch (IOException e) {
      throw new StoreException("cannot read object " + key, e);
    }
  }
}

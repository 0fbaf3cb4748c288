package dev.berth.local.files;

import dev.berth.registry.store.ObjectRules;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Where under the root everything is. */
record Layout(Path root) {

  private static final Pattern MULTIPART = Pattern.compile("[0-9a-f]{32}-[0-9a-f]{32}");

  private static final String MULTIPARTS = "multiparts";
  private static final String TEMPORARY = "temporary";
  private static final String TRASH = "trash";

  /** The directories beside that of the objects. */
  static final List<String> DIRECTORIES = List.of(MULTIPARTS, TEMPORARY, TRASH);

  /**
   * The directories of the objects: what two hexadecimal digits of a hash tell apart. They are
   * there from the start, so that no write has to make them durable.
   */
  static final List<String> SHARDS = IntStream.range(0, 256).mapToObj("%02x"::formatted).toList();

  /** Of a file's name: file systems take 255 bytes. */
  private static final int LONGEST_NAME = 200;

  Path lock() {
    return root.resolve("lock");
  }

  Path objects() {
    return root.resolve("objects");
  }

  Path multiparts() {
    return root.resolve(MULTIPARTS);
  }

  Path temporary() {
    return root.resolve(TEMPORARY);
  }

  Path trash() {
    return root.resolve(TRASH);
  }

  /**
   * The place of an object: a shard of 256, then the key, in which {@code +} stands for a slash and
   * {@code =} before a letter for its upper case, as some file systems do not tell the cases apart.
   * What is too long for a file's name goes on in directories whose names end in {@code ~}.
   */
  Path object(String key) {
    ObjectRules.key(key);
    String name = key.replaceAll("[A-Z]", "=$0").toLowerCase(Locale.ROOT).replace('/', '+');
    Path place = objects().resolve(hash(key).substring(0, 2));
    while (name.length() > LONGEST_NAME) {
      place = place.resolve(name.substring(0, LONGEST_NAME) + "~");
      name = name.substring(LONGEST_NAME);
    }
    return place.resolve(name);
  }

  /** An id for a multipart write, bound to its key. */
  static String newMultipart(String key) {
    return hash(ObjectRules.key(key)) + "-" + random();
  }

  /**
   * The directory of a multipart write; one that is never there for an id that is not the key's.
   */
  Path multipart(String key, String id) {
    boolean keys = MULTIPART.matcher(id).matches() && id.startsWith(hash(ObjectRules.key(key)));
    return multiparts().resolve(keys ? id : "none");
  }

  Path newTemporary() {
    return temporary().resolve(random());
  }

  Path newTrash() {
    return trash().resolve(random());
  }

  static String random() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  private static String hash(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

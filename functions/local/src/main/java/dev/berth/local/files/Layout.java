package dev.berth.local.files;

import dev.berth.registry.store.ObjectRules;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Where under the root everything is. */
record Layout(Path root) {

  /** An id that names its key by a hash; those that name it whole say which key it is. */
  private static final Pattern HASHED = Pattern.compile("[0-9a-f]{32}-[0-9a-f]{32}");

  private static final Pattern RANDOM = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern UPPER_CASE = Pattern.compile("=(.)");

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

  /** Behind a name that goes on: no key has it. */
  static final String CONTINUED = "~";

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
    String name = name(key);
    Path place = objects().resolve(hash(key).substring(0, 2));
    while (name.length() > LONGEST_NAME) {
      place = place.resolve(name.substring(0, LONGEST_NAME) + CONTINUED);
      name = name.substring(LONGEST_NAME);
    }
    return place.resolve(name);
  }

  private static String name(String key) {
    return key.replaceAll("[A-Z]", "=$0").toLowerCase(Locale.ROOT).replace('/', '+');
  }

  /**
   * The key of an object.
   *
   * @param place of {@link #object}, relative to {@link #objects}
   */
  static String key(Path place) {
    var name = new StringBuilder();
    place.subpath(1, place.getNameCount()).forEach(part -> name.append(part));
    return keyNamed(name.toString().replace(CONTINUED, ""));
  }

  private static String keyNamed(String name) {
    return UPPER_CASE
        .matcher(name.replace('+', '/'))
        .replaceAll(found -> found.group(1).toUpperCase(Locale.ROOT));
  }

  /**
   * An id for a multipart write, bound to its key: it holds the key's name and {@code ~}, unless
   * that is too long for a file's name.
   */
  static String newMultipart(String key) {
    String name = name(ObjectRules.key(key));
    return name.length() <= LONGEST_NAME ? name + CONTINUED + random() : hash(key) + "-" + random();
  }

  /**
   * The directory of a multipart write; one that is never there for an id that is not the key's.
   */
  Path multipart(String key, String id) {
    return multiparts().resolve(isMultipart(ObjectRules.key(key), id) ? id : "none");
  }

  private static boolean isMultipart(String key, String id) {
    String named = name(key) + CONTINUED;
    return id.startsWith(named)
        ? RANDOM.matcher(id.substring(named.length())).matches()
        : HASHED.matcher(id).matches() && id.startsWith(hash(key));
  }

  /** The key that a multipart write's id names, if it does. */
  static Optional<String> keyOfMultipart(String id) {
    int end = id.indexOf(CONTINUED);
    return end < 0 ? Optional.empty() : Optional.of(keyNamed(id.substring(0, end)));
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

package dev.berth.local.kms;

import dev.berth.local.files.PrivateFiles;
import dev.berth.registry.encryption.KeyArn;
import dev.berth.registry.store.StoreException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An account's keys in one region of the local host, by id and by alias. Used by a running host and
 * by commands at the same time. Methods throw {@link StoreException} where the files fail.
 */
public final class LocalKeys {

  /** What AWS's own aliases begin with. */
  public static final String RESERVED = "alias/aws/";

  private static final String ALIAS = "alias/";
  private static final Pattern ALIAS_NAME = Pattern.compile("alias/[a-zA-Z0-9/_-]{1,240}");
  private static final Pattern KEY_ID = Pattern.compile("[0-9a-f-]{36}");

  private final String region;
  private final String account;
  private final Path directory;

  /**
   * @param root the region's directory {@code kms}
   * @param account 12 digits
   */
  public LocalKeys(Path root, String region, String account) {
    this.region = region;
    this.account = account;
    this.directory = root.resolve(account);
  }

  public static boolean isAlias(String name) {
    return ALIAS_NAME.matcher(name).matches();
  }

  /** A new key, enabled. */
  public LocalKey create() {
    LocalKey key = key(UUID.randomUUID().toString());
    return done(
        "make key " + key.arn(),
        () -> {
          key.create();
          return key;
        });
  }

  private LocalKey key(String id) {
    return new LocalKey(
        new KeyArn("aws", region, account, id), directory.resolve("keys").resolve(id));
  }

  /**
   * Gives a key a further name.
   *
   * @return false if the name is taken
   */
  public boolean name(LocalKey key, String alias) {
    return done(
        "make " + alias,
        () -> {
          Path file = aliasFile(alias);
          PrivateFiles.createDirectories(file.getParent());
          try {
            PrivateFiles.create(file, List.of(key.arn().keyId()));
            return true;
          } catch (FileAlreadyExistsException taken) {
            return false;
          }
        });
  }

  private Path aliasFile(String alias) {
    return directory.resolve("aliases").resolve(alias.substring(ALIAS.length()).replace('/', '+'));
  }

  /** A key by its id. */
  public Optional<LocalKey> byId(String id) {
    return Optional.of(id)
        .filter(text -> KEY_ID.matcher(text).matches())
        .map(this::key)
        .filter(LocalKey::exists);
  }

  /** A key by the name of one of its aliases. */
  public Optional<LocalKey> byAlias(String alias) {
    if (!isAlias(alias)) {
      return Optional.empty();
    }
    return done(
        "read " + alias,
        () -> {
          try {
            return byId(Files.readString(aliasFile(alias)).strip());
          } catch (NoSuchFileException absent) {
            return Optional.empty();
          }
        });
  }

  /**
   * A key by its id, its ARN, or the name or ARN of an alias.
   *
   * @return empty too for an ARN of another region or account
   */
  public Optional<LocalKey> find(String text) {
    String prefix = "arn:aws:kms:%s:%s:".formatted(region, account);
    String name = text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    boolean arn = name.length() < text.length();
    if (name.startsWith(ALIAS)) {
      return byAlias(name);
    }
    return arn && !name.startsWith("key/")
        ? Optional.empty()
        : byId(name.replaceFirst("^key/", ""));
  }

  /** All keys by their ids, each with its aliases. */
  public TreeMap<String, List<String>> list() {
    var aliases = new TreeMap<String, List<String>>();
    for (String id : names(directory.resolve("keys"))) {
      if (byId(id).isPresent()) {
        aliases.put(id, new ArrayList<>());
      }
    }
    for (String name : names(directory.resolve("aliases"))) {
      String alias = ALIAS + name.replace('+', '/');
      byAlias(alias)
          .ifPresent(
              key ->
                  // a host may have made it since the keys were listed
                  aliases.computeIfAbsent(key.arn().keyId(), _ -> new ArrayList<>()).add(alias));
    }
    return aliases;
  }

  private static List<String> names(Path directory) {
    return done(
        "list " + directory,
        () -> {
          if (!Files.isDirectory(directory)) {
            return List.of();
          }
          try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
          }
        });
  }

  public LocalKey.State state(LocalKey key) {
    return done("read the state of " + key.arn(), key::state);
  }

  public void change(LocalKey key, LocalKey.State state) {
    done(
        "change " + key.arn(),
        () -> {
          key.change(state);
          return state;
        });
  }

  /** The grants on a key, a line each: name, operation, repository. */
  public List<String> grants(LocalKey key) {
    return done("list the grants on " + key.arn(), key::grantLines);
  }

  @Override
  public String toString() {
    return region + " of account " + account;
  }

  /** What is done with files. */
  interface Work<T> {
    T run() throws IOException;
  }

  static <T> T done(String what, Work<T> work) {
    try {
      return work.run();
    } catch (IOException e) {
      throw new StoreException("cannot " + what, e);
    }
  }
}

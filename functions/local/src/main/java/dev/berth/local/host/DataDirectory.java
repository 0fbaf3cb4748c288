package dev.berth.local.host;

import dev.berth.core.secret.DeploymentSecret;
import dev.berth.lambda.audit.LineAuditLog;
import dev.berth.local.audit.AuditFiles;
import dev.berth.local.files.PrivateFiles;
import dev.berth.local.host.RootKeys.RootKey;
import dev.berth.local.sqlite.NativeLibrary;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Where a local host keeps everything: readable by its owner alone, used by one host at a time.
 *
 * <pre>
 * lock               held while a host runs
 * secret             keys that tokens, upload states and links are sealed with
 * root-keys          the accounts, each with its root access key
 * root-keys.lock     held while root-keys is changed
 * control            a socket by which commands such as ./berth gc ask the host
 * endpoints          where the host listens, for ./berth env
 * home               the region whose table has the identities (IAM) of all
 * audit/             who did what: a file of records for each day, split where it is large
 * events/            the last events, for ./berth events
 * deliveries.db      events that wait for the targets of rules, and for Berth's own functions
 * dead-letters/      those that a target did not take, and in REGION/ those of Berth's own rules
 * native/            SQLite's native library, as long as it is used
 * REGION/table.db    the table of the region's deployment
 * REGION/objects/    its objects
 * REGION/kms/        the keys that some of them are encrypted with
 * </pre>
 */
public final class DataDirectory implements AutoCloseable {

  /** The one that a new directory begins with, unless told otherwise. */
  public static final String FIRST_ACCOUNT = "123456789012";

  private static final int SECRET_BYTES = 32;

  private final Path path;
  private final FileLock lock;
  private final SecureRandom random = new SecureRandom();

  private DataDirectory(Path path, FileLock lock) {
    this.path = path;
    this.lock = lock;
  }

  /** Where a host keeps its data unless told otherwise. */
  public static Path byDefault(Map<String, String> environment) {
    return Optional.ofNullable(environment.get("BERTH_DATA"))
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".berth"));
  }

  /**
   * Makes the directory where there is none, and keeps other hosts out of it until {@link #close}.
   *
   * @throws SetupException if it cannot be used, or another host uses it
   */
  public static DataDirectory open(Path path) {
    return openIfFree(path)
        .orElseThrow(
            () ->
                new SetupException(
                    "the data directory " + path + " is in use by another ./berth up"));
  }

  /**
   * As {@link #open}, but empty if a host uses the directory.
   *
   * @throws SetupException if it cannot be used
   */
  static Optional<DataDirectory> openIfFree(Path path) {
    try {
      PrivateFiles.createDirectories(path);
      var channel =
          FileChannel.open(
              path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      Optional<DataDirectory> free = lock(channel).map(lock -> new DataDirectory(path, lock));
      if (free.isPresent()) {
        NativeLibrary.extractTo(nativeLibrary(path));
      }
      return free;
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  /** Not with what is temporary, where those of killed hosts would gather. */
  private static Path nativeLibrary(Path directory) {
    return directory.resolve("native");
  }

  private static Optional<FileLock> lock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return Optional.of(lock);
      }
    } catch (OverlappingFileLockException heldByThisProcess) {
      // told like one that is held by another
    }
    channel.close();
    return Optional.empty();
  }

  private static SetupException unusable(Path path, IOException e) {
    return new SetupException("the data directory " + path + " cannot be used (" + reason(e) + ")");
  }

  private static String reason(IOException e) {
    return switch (e) {
      case FileAlreadyExistsException _ -> "it is not a directory";
      case AccessDeniedException _ -> "permission denied";
      case NoSuchFileException _ -> "it cannot be made there";
      case FileSystemException failure when failure.getReason() != null -> failure.getReason();
      default -> e.getClass().getSimpleName() + ": " + e.getMessage();
    };
  }

  Path path() {
    return path;
  }

  Path region(String region) {
    Path directory = path.resolve(region);
    try {
      PrivateFiles.createDirectories(directory);
      return directory;
    } catch (IOException e) {
      throw unusable(directory, e);
    }
  }

  /** Where the records of calls are, whether or not a host runs. */
  public static Path audit(Path directory) {
    return directory.resolve("audit");
  }

  /**
   * Opens the records to add to them.
   *
   * @param days that they are kept; 0 for ever
   */
  LineAuditLog openAudit(int days, Clock clock) {
    Path directory = audit(path);
    try {
      return new LineAuditLog(AuditFiles.open(directory, days, clock), clock);
    } catch (IOException e) {
      throw unusable(directory, e);
    }
  }

  /** Where a region's keys are, whether or not a host runs. */
  public static Path keys(Path directory, String region) {
    return directory.resolve(region).resolve("kms");
  }

  /**
   * The home region, whose table has the identities of all: the first region of the first start,
   * and in whatever order, as long as it is one of the regions.
   */
  String home(List<String> regions) {
    List<String> noted = readLines(path.resolve("home"));
    if (noted.size() == 1 && regions.contains(noted.getFirst())) {
      return noted.getFirst();
    }
    write("home", List.of(regions.getFirst()));
    return regions.getFirst();
  }

  /** The deployment's secret, made at random on the first start. */
  DeploymentSecret secret() {
    Path file = path.resolve("secret");
    try {
      if (Files.notExists(file)) {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        PrivateFiles.write(file, List.of("1 " + Base64.getEncoder().encodeToString(bytes)));
      }
      return new DeploymentSecret(
          Files.readAllLines(file).stream().map(line -> secretKey(file, line)).toList());
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  private static DeploymentSecret.Key secretKey(Path file, String line) {
    try {
      String[] idAndKey = line.split(" ");
      return new DeploymentSecret.Key(idAndKey[0], Base64.getDecoder().decode(idAndKey[1]));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw new SetupException(
          file + " is damaged: restore it, or remove it to make all tokens new");
    }
  }

  /**
   * The accounts to serve, each with a root key, made at random where it has none yet.
   *
   * @param asked empty for all that there are, or the one that a new directory begins with
   * @param preset the first account's key, in place of the one that it has
   */
  List<String> accounts(List<String> asked, Optional<RootKey> preset) {
    return changeRootKeys(path, keys -> completed(keys, accounts(keys, asked), preset))
        .accounts()
        .stream()
        .filter(account -> asked.isEmpty() || asked.contains(account))
        .sorted(Comparator.comparingInt(asked::indexOf))
        .toList();
  }

  private static List<String> accounts(RootKeys keys, List<String> asked) {
    List<String> known = asked.isEmpty() ? keys.accounts() : asked;
    return known.isEmpty() ? List.of(FIRST_ACCOUNT) : known;
  }

  private RootKeys completed(RootKeys before, List<String> accounts, Optional<RootKey> preset) {
    preset.ifPresent(key -> checkFree(before, key, accounts.getFirst()));
    RootKeys keys = preset.map(key -> before.with(accounts.getFirst(), key)).orElse(before);
    for (String account : accounts) {
      keys = keys.withAccount(account, random);
    }
    return keys;
  }

  private static void checkFree(RootKeys keys, RootKey preset, String account) {
    keys.byAccount()
        .forEach(
            (owner, key) -> {
              if (key.accessKeyId().equals(preset.accessKeyId()) && !owner.equals(account)) {
                throw new SetupException(
                    "the root access key %s is that of account %s already"
                        .formatted(preset.accessKeyId(), owner));
              }
            });
  }

  /** Those with a root key, whether or not they are to have a port. */
  List<String> allAccounts() {
    return readRootKeys(path).accounts();
  }

  /** The root keys that there are at any time. */
  CurrentRootKeys currentRootKeys(LongSupplier nanoTime) {
    try {
      return new CurrentRootKeys(new RootKeyFile(path), nanoTime);
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  /**
   * Adds an account with a new root key, whether or not a host runs, which notices it within a
   * second. Makes the directory where there is none.
   *
   * @throws SetupException if there is such an account
   */
  public static RootKey addAccount(Path directory, String account) {
    RootKey key = RootKey.random(new SecureRandom());
    changeRootKeys(
        directory,
        keys -> {
          if (keys.has(account)) {
            throw new SetupException(
                "there is an account %s in %s already".formatted(account, directory));
          }
          return keys.with(account, key);
        });
    return key;
  }

  private static RootKeys changeRootKeys(Path directory, UnaryOperator<RootKeys> change) {
    try {
      PrivateFiles.createDirectories(directory);
      return new RootKeyFile(directory).change(change);
    } catch (IOException e) {
      throw unusable(directory, e);
    }
  }

  /** The root keys in a data directory, whether or not a host runs. */
  public static RootKeys readRootKeys(Path directory) {
    try {
      return new RootKeyFile(directory).read();
    } catch (IOException e) {
      throw unusable(directory, e);
    }
  }

  void writeEndpoints(List<Endpoint> endpoints) {
    write("endpoints", endpoints.stream().map(Endpoint::toLine).toList());
  }

  /** Where the host that uses a data directory listens, or the last one did. */
  public static List<Endpoint> readEndpoints(Path directory) {
    return readLines(directory.resolve("endpoints")).stream().map(Endpoint::ofLine).toList();
  }

  private static List<String> readLines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  /** The regions that have a table here. */
  List<String> regions() {
    try (Stream<Path> children = Files.list(path)) {
      return children
          .filter(child -> Files.exists(child.resolve("table.db")))
          .map(child -> child.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  /** The socket by which the host is asked. */
  static Path control(Path directory) {
    return directory.resolve("control");
  }

  private void write(String name, List<String> lines) {
    try {
      PrivateFiles.write(path.resolve(name), lines);
    } catch (IOException e) {
      throw unusable(path.resolve(name), e);
    }
  }

  @Override
  public void close() {
    try (var _ = lock.acquiredBy()) {
      NativeLibrary.remove(nativeLibrary(path));
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }
}

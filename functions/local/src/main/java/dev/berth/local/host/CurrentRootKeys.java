package dev.berth.local.host;

import dev.berth.core.authz.Principal;
import dev.berth.core.sigv4.AccessKey;
import dev.berth.core.sigv4.KeyLookup;
import dev.berth.local.host.RootKeyFile.State;
import dev.berth.local.host.RootKeys.RootKey;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The root keys that there are now, also while others add accounts: whether the file was changed is
 * looked at once in {@link #PAUSE}, however many requests come in.
 */
final class CurrentRootKeys implements KeyLookup {

  /** How long a change may go unnoticed. */
  static final Duration PAUSE = Duration.ofSeconds(1);

  private static final System.Logger LOG = System.getLogger(CurrentRootKeys.class.getName());

  private final RootKeyFile file;
  private final LongSupplier nanoTime;
  private final AtomicLong lookedAt;
  private volatile Known known;

  /**
   * @param nanoTime as {@link System#nanoTime}
   * @throws SetupException if the file is damaged
   */
  CurrentRootKeys(RootKeyFile file, LongSupplier nanoTime) throws IOException {
    this.file = file;
    this.nanoTime = nanoTime;
    this.lookedAt = new AtomicLong(nanoTime.getAsLong());
    this.known = read();
  }

  /**
   * @param state of the file that they are from
   */
  private record Known(Optional<State> state, Map<String, AccessKey> byId) {}

  private Known read() throws IOException {
    // before the keys: a change between the two is noticed the next time
    Optional<State> state = file.state();
    Map<String, AccessKey> byId = new HashMap<>();
    file.read()
        .byAccount()
        .forEach((account, key) -> byId.put(key.accessKeyId(), of(account, key)));
    return new Known(state, byId);
  }

  private static AccessKey of(String account, RootKey key) {
    return new AccessKey(
        key.accessKeyId(), key.secretAccessKey(), Principal.root(account, key.accessKeyId()));
  }

  /** Whether the host serves an account. */
  boolean haveAccount(String account) {
    return now().byId().values().stream()
        .anyMatch(key -> key.principal().account().equals(account));
  }

  @Override
  public Optional<AccessKey> find(String accessKeyId) {
    return Optional.ofNullable(now().byId().get(accessKeyId));
  }

  private Known now() {
    long now = nanoTime.getAsLong();
    long last = lookedAt.get();
    if (now - last >= PAUSE.toNanos() && lookedAt.compareAndSet(last, now)) {
      look();
    }
    return known;
  }

  /** A file that cannot be read changes nothing: the host goes on with what it has. */
  private void look() {
    try {
      if (!file.state().equals(known.state())) {
        known = read();
      }
    } catch (IOException | SetupException e) {
      LOG.log(System.Logger.Level.ERROR, "the root keys cannot be read: " + e.getMessage());
    }
  }
}

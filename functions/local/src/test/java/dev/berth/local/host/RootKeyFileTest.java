package dev.berth.local.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.authz.Principal;
import dev.berth.core.sigv4.KeyLookup;
import dev.berth.local.host.RootKeys.RootKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootKeyFileTest {

  private static final String ONE = "333333333333";
  private static final String TWO = "111111111111";
  private static final Optional<RootKey> NO_PRESET = Optional.empty();

  @TempDir Path directory;
  private long nanos;

  private KeyLookup current() throws IOException {
    return new CurrentRootKeys(new RootKeyFile(directory), () -> nanos);
  }

  private void passes(Duration time) {
    nanos += time.toNanos();
  }

  @Test
  void accountsAreInTheOrderInWhichTheyWereAdded() {
    DataDirectory.addAccount(directory, ONE);
    DataDirectory.addAccount(directory, TWO);

    assertThat(DataDirectory.readRootKeys(directory).accounts()).containsExactly(ONE, TWO);
  }

  @Test
  void itIsTheOwnersAlone() throws IOException {
    DataDirectory.addAccount(directory, ONE);
    assertThat(Files.getPosixFilePermissions(directory.resolve("root-keys")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void thoseWhoAddAtOnceLoseNothing() throws Exception {
    try (var threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        String account = "%012d".formatted(i);
        all.add(threads.submit(() -> DataDirectory.addAccount(directory, account)));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    assertThat(DataDirectory.readRootKeys(directory).accounts()).hasSize(20);
  }

  @Test
  void anAccountThatThereIsKeepsItsKey() {
    RootKey key = DataDirectory.addAccount(directory, ONE);

    assertThatThrownBy(() -> DataDirectory.addAccount(directory, ONE))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining(ONE);
    assertThat(DataDirectory.readRootKeys(directory).byAccount().get(ONE)).isEqualTo(key);
  }

  @Test
  void aHostServesAllAccountsOrThoseThatItIsAskedFor() {
    try (DataDirectory data = DataDirectory.open(directory)) {
      assertThat(data.accounts(List.of(), NO_PRESET)).containsExactly("123456789012");
      DataDirectory.addAccount(directory, ONE);
      assertThat(data.accounts(List.of(TWO, ONE), NO_PRESET)).containsExactly(TWO, ONE);
      assertThat(data.accounts(List.of(), NO_PRESET)).containsExactly("123456789012", ONE, TWO);
      assertThat(data.allAccounts()).containsExactly("123456789012", ONE, TWO);
    }
  }

  @Test
  void aPresetKeyIsTheFirstAccountsAndNoOthers() {
    var preset = Optional.of(new RootKey("AKIAPRESET", "secret"));
    try (DataDirectory data = DataDirectory.open(directory)) {
      data.accounts(List.of(ONE, TWO), preset);
      assertThat(DataDirectory.readRootKeys(directory).byAccount().get(ONE))
          .isEqualTo(preset.get());

      assertThatThrownBy(() -> data.accounts(List.of(TWO, ONE), preset))
          .isInstanceOf(SetupException.class)
          .hasMessageContaining("AKIAPRESET")
          .hasMessageContaining(ONE)
          .hasMessageNotContaining("secret");
    }
  }

  @Test
  void anAddedAccountIsNoticedWithinASecond() throws IOException {
    RootKey one = DataDirectory.addAccount(directory, ONE);
    KeyLookup keys = current();
    RootKey two = DataDirectory.addAccount(directory, TWO);

    passes(CurrentRootKeys.PAUSE.minusNanos(1));
    assertThat(keys.find(two.accessKeyId())).as("not looked at every time").isEmpty();
    passes(Duration.ofNanos(1));
    var found = keys.find(two.accessKeyId()).orElseThrow();

    assertThat(found.secret()).isEqualTo(two.secretAccessKey());
    assertThat(found.principal()).isEqualTo(Principal.root(TWO, two.accessKeyId()));
    assertThat(keys.find(one.accessKeyId())).isPresent();
    assertThat(keys.find("AKIAOTHER")).isEmpty();
  }

  @Test
  void anAccountThatIsTakenAwayIsNoticedToo() throws IOException {
    RootKey one = DataDirectory.addAccount(directory, ONE);
    KeyLookup keys = current();

    Files.delete(directory.resolve("root-keys"));
    passes(CurrentRootKeys.PAUSE);

    assertThat(keys.find(one.accessKeyId())).isEmpty();
  }

  @Test
  void aDamagedFileChangesNothingUntilItIsMended() throws IOException {
    RootKey one = DataDirectory.addAccount(directory, ONE);
    KeyLookup keys = current();
    String text = Files.readString(directory.resolve("root-keys"));

    Files.writeString(directory.resolve("root-keys"), "damaged\n");
    passes(CurrentRootKeys.PAUSE);
    assertThat(keys.find(one.accessKeyId())).isPresent();

    Files.writeString(directory.resolve("root-keys"), text + TWO + " AKIATWO secret\n");
    passes(CurrentRootKeys.PAUSE);
    assertThat(keys.find("AKIATWO")).isPresent();
  }
}

package dev.berth.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.local.host.DataDirectory;
import dev.berth.local.host.TestHosts;
import dev.berth.local.kms.LocalKms;
import dev.berth.registry.RegistryException.KmsFailed;
import dev.berth.registry.encryption.KeyArn;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./berth kms}, and that a host and the commands see each other's changes. */
class KmsCommandTest {

  private static final String ARN = "arn:aws:kms:us-east-1:123456789012:key/[0-9a-f-]{36}";

  @TempDir Path data;

  private record Ran(int status, String out, String err) {}

  private Ran run(String... line) {
    List<String> arguments = new ArrayList<>(List.of("kms"));
    arguments.addAll(List.of(line));
    arguments.addAll(List.of("--data", data.toString()));
    var out = new StringWriter();
    var err = new StringWriter();
    int status =
        BerthCommand.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments.toArray(String[]::new));
    return new Ran(status, out.toString().strip(), err.toString().strip());
  }

  private LocalKms host() {
    return new LocalKms("us-east-1", DataDirectory.keys(data, "us-east-1"));
  }

  @Test
  void aKeyIsMadeListedAndKnownToTheHostByItsAlias() {
    Ran made = run("create-key", "--alias", "alias/team/app");

    assertThat(made.status).as(made.err).isZero();
    assertThat(made.out).matches(ARN);
    assertThat(host().describe("123456789012", "alias/team/app")).hasToString(made.out);
    assertThat(run("list-keys").out).isEqualTo(made.out + " Enabled alias/team/app");
  }

  @Test
  void anAliasMayBeAsLongAsKmsAllows() {
    String longest = "alias/" + "a".repeat(240);

    Ran made = run("create-key", "--alias", longest);

    assertThat(made.status).as(made.err).isZero();
    assertThat(run("list-keys").out).isEqualTo(made.out + " Enabled " + longest);
    Ran longer = run("create-key", "--alias", longest + "a");
    assertThat(longer.status).isEqualTo(1);
    assertThat(longer.err).contains("1 to 240 letters");
  }

  @Test
  void aKeyIsDisabledAndEnabledByWhateverNamesIt() {
    KeyArn key = KeyArn.parse(run("create-key", "--alias", "team").out).orElseThrow();
    LocalKms host = host();
    for (String name :
        List.of(
            key.toString(),
            key.keyId(),
            "alias/team",
            "arn:aws:kms:us-east-1:123456789012:alias/team")) {
      assertThat(host.describe("123456789012", name)).isEqualTo(key);
      assertThat(run("disable-key", name).status).isZero();
      assertThatThrownBy(() -> host.requireUsable(key))
          .isInstanceOf(KmsFailed.class)
          .hasMessageEndingWith(key + " is disabled.");
      assertThat(run("list-keys").out).isEqualTo(key + " Disabled alias/team");
      assertThat(run("enable-key", name).status).isZero();
      host.requireUsable(key);
    }
  }

  @Test
  void theHostsDefaultKeyAndGrantsAreListed() {
    KeyArn key = host().defaultKey("123456789012");
    assertThat(host().defaultKey("123456789012")).isEqualTo(key);
    host().grant(key, "r1", "arn:of:app");
    host().grant(key, "r1", "arn:of:app");

    assertThat(run("list-keys").out).isEqualTo(key + " Enabled alias/aws/ecr");
    assertThat(run("list-grants", "alias/aws/ecr").out.lines())
        .containsExactly(
            "berth:r1:decrypt Decrypt arn:of:app", "berth:r1:encrypt GenerateDataKey arn:of:app");
    host().retire(key, "r1");
    assertThat(run("list-grants", "alias/aws/ecr").out).isEmpty();
  }

  @Test
  void keysAreAnAccountsInARegion() {
    String made = run("create-key", "--region", "eu-west-1", "--account", "111122223333").out;

    assertThat(made).startsWith("arn:aws:kms:eu-west-1:111122223333:key/");
    assertThat(run("list-keys").out).isEmpty();
    Ran elsewhere = run("disable-key", made);
    assertThat(elsewhere.status).isEqualTo(1);
    assertThat(elsewhere.err.lines())
        .singleElement()
        .asString()
        .contains(made, "us-east-1 of account 123456789012", "list-keys");
  }

  @Test
  void regionAndAccountAreTheHostsFirstOnes() {
    TestHosts.start(data, "ap-south-1").close();

    assertThat(run("create-key").out).startsWith("arn:aws:kms:ap-south-1:123456789012:key/");
  }

  @Test
  void anAliasNamesOneKey() {
    run("create-key", "--alias", "team");

    Ran again = run("create-key", "--alias", "alias/team");

    assertThat(again.status).isEqualTo(1);
    assertThat(again.err).contains("alias/team");
    assertThat(run("list-keys").out.lines()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"alias/aws/ecr", "../../escape", "alias/", "a b", "ä"})
  void anAliasThatCannotBeIsRefusedInOneLine(String alias) {
    Ran ran = run("create-key", "--alias", alias);

    assertThat(ran.status).isEqualTo(1);
    assertThat(ran.err.lines()).singleElement().asString().startsWith("berth: --alias: ");
    assertThat(run("list-keys").out).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--region=../x", "--account=12", "--region=x"})
  void anOptionThatIsNotWhatItShouldBeIsNamed(String option) {
    Ran ran = run("create-key", option);

    assertThat(ran.status).isEqualTo(1);
    assertThat(ran.err).startsWith("berth: " + option.split("=")[0] + ": ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "alias/none", "../../secret", "arn:aws:kms:us-east-1:1:key/x"})
  void aKeyThatIsNotThereIsNoSuchKeyAnywhere(String name) {
    assertThat(run("disable-key", name).status).isEqualTo(1);
    assertThatThrownBy(() -> host().describe("123456789012", name))
        .isInstanceOfSatisfying(
            KmsFailed.class, e -> assertThat(e.error()).isEqualTo("NotFoundException"));
  }

  @Test
  void keysAreTheOwnersAlone() throws IOException {
    KeyArn key = KeyArn.parse(run("create-key", "--alias", "team").out).orElseThrow();
    host().grant(key, "r1", "arn");
    try (Stream<Path> all = Files.walk(DataDirectory.keys(data, "us-east-1"))) {
      for (Path path : all.toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
      }
    }
  }

  @Test
  void theFirstRepositoriesOfManyThreadsHaveOneDefaultKey() throws Exception {
    var found = ConcurrentHashMap.<KeyArn>newKeySet();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 8; i++) {
      threads.add(Thread.ofVirtual().start(() -> found.add(host().defaultKey("123456789012"))));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(found).hasSize(1);
  }
}

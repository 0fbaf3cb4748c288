package dev.berth.local.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.local.bus.Rule.Target;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulesFileTest {

  @TempDir Path directory;

  @Test
  void aRuleHasANameAPatternAndATargetOfThreeKinds() throws IOException {
    Files.createFile(directory.resolve("f.jar"));
    Path file =
        write(
            """
            [{"name":"hook","pattern":{"source":["aws.ecr"]},"target":{"url":"http://h/p"}},
             {"name":"shell","pattern":{"detail":{"image-tag":[{"prefix":"v"}]}},
              "target":{"command":"cat"}},
             {"name":"fn","pattern":{"account":["1"]},
              "target":{"jar":"f.jar","handler":"org.example.Handler::handleRequest"}}]
            """);
    assertThat(RulesFile.read(file))
        .extracting(Rule::target)
        .containsExactly(
            new Target.Url(URI.create("http://h/p")),
            new Target.Command("cat"),
            new Target.Function(directory.resolve("f.jar"), "org.example.Handler::handleRequest"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "| line 1: not JSON",
        "[{]| line 1: not JSON",
        "[] []| not JSON",
        "{}| rules are a JSON array",
        "[7]| rule 1: not an object",
        "[{}]| rule 1: name",
        "[{\"name\":\"../x\"}]| rule 1: name",
        "[{\"name\":\"..\"}]| rule 1: name",
        "[{\"name\":\"a\",\"name\":\"b\"}]| not JSON: Duplicate field",
        "[{\"name\":\"a\"}]| rule a: pattern",
        "[{\"name\":\"a\",\"pattern\":\"x\"}]| rule a: pattern",
        "[{\"name\":\"a\",\"pattern\":{\"source\":\"x\"}}]| rule a: pattern: ",
        "[{\"name\":\"a\",\"pattern\":{}}]| rule a: pattern: ",
        "[{\"name\":\"a\",\"pattern\":{\"x\":[{\"sounds-like\":\"y\"}]}}]| rule a: pattern: ",
        "[{\"name\":\"a\",\"pattern\":{\"x\":[1]}}]| rule a: target: ",
        "[{\"name\":\"a\",\"pattern\":{\"x\":[1]},\"target\":{\"queue\":\"q\"}}]| rule a: target: ",
        "[{\"name\":\"a\",\"pattern\":{\"x\":[1]},\"target\":{\"url\":\"ftp://x\"}}]| rule a: url",
        "[{\"name\":\"a\",\"pattern\":{\"x\":[1]},\"target\":{\"url\":\"http://u:p@h\"}}]| rule a:"
            + " url",
        "[{\"name\":\"a\",\"pattern\":{\"x\":[1]},\"target\":{\"url\":\"::\"}}]| rule a: url",
        "[{\"name\":\"a\",\"pattern\":{\"x\":[1]},\"target\":{\"url\":\"http://h:65536/\"}}]| rule"
            + " a: url",
        "[{\"name\":\"a\",\"pattern\":{\"x\":[1]},\"target\":{\"url\":\"http://h\",\"command\":\"c\"}}]|"
            + " unknown member: command",
        "[{\"name\":\"a\",\"pattern\":{\"x\":[1]},\"target\":{\"command\":7}}]| rule a: command",
        "[{\"name\":\"a\",\"pattern\":{\"x\":[1]},\"target\":{\"jar\":\"no.jar\",\"handler\":\"H\"}}]|"
            + " rule a: jar",
        "[{\"name\":\"a\",\"pattern\":{\"x\":[1]},\"enabled\":true,\"target\":{\"command\":\"c\"}}]|"
            + " rule a: unknown member: enabled",
        "[{\"name\":\"a\",\"pattern\":{\"x\":[1]},\"target\":{\"command\":\"c\"}},{\"name\":\"a\",\"pattern\":{\"x\":[1]},\"target\":{\"command\":\"c\"}}]|"
            + " rule a: there are two"
      })
  void aMistakeIsNamedWithItsRule(String json, String message) throws IOException {
    Path file = write(json == null ? "[" : json);
    assertThatThrownBy(() -> RulesFile.read(file))
        .isInstanceOf(RulesException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(message.strip());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://u:s3cret@h/", "http://h:65536/s3cret", "http://h/s3cret?a b", "s3cret"})
  void aUrlIsInNoMessage(String url) throws IOException {
    Path file =
        write(
            "[{\"name\":\"a\",\"pattern\":{\"x\":[1]},\"target\":{\"url\":\"%s\"}}]"
                .formatted(url));
    assertThatThrownBy(() -> RulesFile.read(file))
        .hasMessageContaining("rule a: url")
        .message()
        .doesNotContain("s3cret");
  }

  @Test
  void aRuleTellsItsUrlsHostAlone() {
    var url = new Target.Url(URI.create("https://hooks.example:8443/s3cret?token=s3cret"));
    assertThat(new Rule("a", "{}", url).toString())
        .contains("https://hooks.example")
        .doesNotContain("s3cret");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Path absent = directory.resolve("absent");
    assertThatThrownBy(() -> RulesFile.read(absent)).hasMessageContaining(absent.toString());
    assertThatThrownBy(() -> RulesFile.read(directory)).isInstanceOf(RulesException.class);
  }

  private Path write(String json) throws IOException {
    return Files.writeString(directory.resolve("rules.json"), json);
  }
}

package dev.berth.lambda.iam;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no honest client sends: refused in the model's words, and in little time and text. */
class IamHostileCallsTest {

  private static final int LONGEST_ERROR = 4096;

  private final QueryCalls calls = new QueryCalls();

  private void assertError(String code, QueryCalls.Answer answer) {
    assertThat(answer.code()).as(answer.text()).isEqualTo(code);
    assertThat(answer.text().length()).isLessThan(LONGEST_ERROR);
  }

  static List<String> tricks() {
    return List.of(
        "",
        " ",
        ".. ",
        "../",
        "../root",
        "user/../root",
        "/alice",
        "alice/",
        "a\\b",
        "%2e%2e%2f",
        "%00",
        "\0",
        "alice\n",
        "alice#",
        "user#alice",
        "\u0430lice",
        "alic\u00e9",
        "\u202ealice",
        "\ufeffalice",
        "\ud83d\ude00",
        "*",
        "${aws:username}",
        "<alice>",
        "alice:root",
        "a".repeat(10_000),
        "\u00e9".repeat(10_000));
  }

  @ParameterizedTest
  @MethodSource("tricks")
  void aNameThatIsNoneIsRefused(String name) {
    for (String action : List.of("CreateUser", "GetUser", "DeleteUser", "CreateAccessKey")) {
      assertError("ValidationError", calls.call(action, Map.of("UserName", name)));
    }
    assertError(
        "ValidationError",
        calls.call(
            "CreateRole",
            Map.of("RoleName", name, "AssumeRolePolicyDocument", SdkIam.trust(SdkIam.ACCOUNT))));
    assertError(
        "ValidationError",
        calls.call("CreatePolicy", Map.of("PolicyName", name, "PolicyDocument", SdkIam.ALLOW_ALL)));
    assertError("200", calls.call("ListUsers", Map.of()));
    assertThat(calls.call("ListUsers", Map.of()).text()).contains("<Users></Users>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", ".", "=", "root", "a+b", "@"})
  void aNameOfTheModelsCharactersIsItselfAlone(String name) {
    assertError("200", calls.call("CreateUser", Map.of("UserName", name)));

    assertThat(calls.call("GetUser", Map.of("UserName", name)).text())
        .contains("<Arn>arn:aws:iam::123456789012:user/%s</Arn>".formatted(name));
    assertError("NoSuchEntity", calls.call("GetUser", Map.of("UserName", name + ".")));
    assertError("NoSuchEntity", calls.call("GetRole", Map.of("RoleName", name)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "a/", "/a", "/a b/", "/\u00e9/", "/\u0000/", "/\u007f/"})
  void aPathThatIsNoneIsRefused(String path) {
    assertError(
        "ValidationError", calls.call("CreateUser", Map.of("UserName", "alice", "Path", path)));
    assertError(
        "ValidationError",
        calls.call("CreateUser", Map.of("UserName", "alice", "Path", "/" + "a".repeat(511) + "/")));
  }

  /** IAM's model allows it; it is the user's path, whatever it looks like. */
  @Test
  void aPathWithDotsIsAPath() {
    calls.call("CreateUser", Map.of("UserName", "alice", "Path", "/../../root/"));

    assertThat(calls.call("GetUser", Map.of("UserName", "alice")).text())
        .contains("user/../../root/alice</Arn>");
    assertError("NoSuchEntity", calls.call("GetUser", Map.of("UserName", "root")));
  }

  private static String wildcards(int count) {
    return SdkIam.allow("ecr:" + "*?".repeat(count / 2), "arn:aws:ecr:*:*:" + "*".repeat(count));
  }

  private static String manyActions(int count) {
    String actions = IntStream.range(0, count).mapToObj(i -> "\"ecr:*a*\"").collect(joining(","));
    return SdkIam.ALLOW_ALL.replace("\"Action\":\"*\"", "\"Action\":[" + actions + "]");
  }

  static List<String> documents() {
    return List.of(
        wildcards(10_000) + " ".repeat(80_000),
        manyActions(10_000),
        "[".repeat(100_000),
        "{\"a\":".repeat(20_000),
        "\"" + "\\u002a".repeat(17_000) + "\"",
        "9".repeat(100_000),
        " ".repeat(131_072));
  }

  @ParameterizedTest
  @MethodSource("documents")
  void aDocumentOf100KilobytesIsRefusedShortly(String document) {
    calls.call("CreateUser", Map.of("UserName", "alice"));

    for (QueryCalls.Answer answer :
        List.of(
            calls.call(
                "PutUserPolicy",
                Map.of("UserName", "alice", "PolicyName", "p", "PolicyDocument", document)),
            calls.call("CreatePolicy", Map.of("PolicyName", "p", "PolicyDocument", document)),
            calls.call(
                "CreateRole", Map.of("RoleName", "r", "AssumeRolePolicyDocument", document)))) {
      assertThat(answer.code()).isIn("MalformedPolicyDocument", "LimitExceeded");
      assertThat(answer.text().length()).isLessThan(LONGEST_ERROR);
    }
  }

  @Test
  void asManyWildcardsAsAPolicyMayHaveDecideInLittleTime() {
    calls.call("CreateUser", Map.of("UserName", "alice"));
    String document =
        SdkIam.allow("ecr:" + "*a".repeat(400), "arn:aws:ecr:*:*:" + "a*".repeat(400));

    assertError(
        "200",
        calls.call(
            "PutUserPolicy",
            Map.of("UserName", "alice", "PolicyName", "p", "PolicyDocument", document)));
  }

  @Test
  void manyMembersOfAListAreRefusedShortly() {
    Map<String, String> parameters = new TreeMap<>(Map.of("UserName", "alice"));
    IntStream.range(0, 20_000).forEach(i -> parameters.put("Tags.member." + i + ".Key", "k" + i));

    assertError("ValidationError", calls.call("CreateUser", parameters));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Tags.member.1.Key",
        "Tags.member.1",
        "Tags.member.1.Value",
        "Tags.member.999999999.Key"
      })
  void aTagThatIsHalfThereIsRefused(String parameter) {
    assertError(
        "ValidationError", calls.call("CreateUser", Map.of("UserName", "alice", parameter, "a")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Tags.member.1.Key=%",
        "Tags.member.1.Key=%C3%28&Tags.member.1.Value=",
        "Path=%2",
        "PermissionsBoundary=",
        "UserName=",
      })
  void aFormThatIsHardlyOneIsRefused(String form) {
    assertError(
        "ValidationError",
        calls.send("Action=CreateUser&Version=2010-05-08&" + form + "&UserName=%zz"));
  }

  @Test
  void anUnknownActionIsNamedShortly() {
    assertError("InvalidAction", calls.call("a".repeat(100_000), Collections.emptyMap()));
    assertError("InvalidAction", calls.call("ListGroups", Map.of()));
    assertError("InvalidAction", calls.call("getUser", Map.of()));
  }
}

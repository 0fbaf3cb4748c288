package dev.berth.lambda.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.authz.Principal;
import dev.berth.core.policy.condition.RequestContext;
import dev.berth.lambda.http.Parameters;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryRequestTest {

  private static final Pattern LETTERS = Pattern.compile("[a-z]*");

  private static QueryRequest request(String form) {
    var root = Principal.root("123456789012", "AKIDEXAMPLE");
    return new QueryRequest(root, Parameters.parse(form), RequestContext.EMPTY);
  }

  private static List<String> texts(String form) {
    return request(form).texts("Keys", 3, 1, 5, LETTERS);
  }

  private static void assertRefused(String member, String constraint, Runnable read) {
    assertThatThrownBy(read::run)
        .isInstanceOfSatisfying(
            QueryError.class,
            refused -> {
              assertThat(refused.code()).isEqualTo("ValidationError");
              assertThat(refused)
                  .hasMessageContaining("at '%s'".formatted(member))
                  .hasMessageContaining(constraint);
            });
  }

  @Test
  void membersOfAListAreInTheOrderOfTheirNumbers() {
    assertThat(texts("Keys.member.10=c&Keys.member.9=b&Keys.member.1=a"))
        .containsExactly("a", "b", "c");
    assertThat(texts("Key.member.1=a&KeysToo.member.1=b&Keys=")).isEmpty();
    assertThat(texts("Keys.member.x=a&Keys.member.=b&Keys.1=c&Keys.member.12345678901=d"))
        .isEmpty();
  }

  @Test
  void membersAreCheckedOneByOne() {
    assertRefused(
        "keys.2.member",
        "length less than or equal to 5",
        () -> texts("Keys.member.1=a&Keys.member.2=abcdef"));
    assertRefused("keys.1.member", "regular expression", () -> texts("Keys.member.1=A"));
    assertRefused("keys.1.member", "not be null", () -> texts("Keys.member.1.Name=a"));
    assertRefused(
        "keys",
        "length less than or equal to 3",
        () -> texts("Keys.member.1=a&Keys.member.2=a&Keys.member.3=a&Keys.member.4=a"));
  }

  @Test
  void membersOfStructuresAreNamedByTheirPlace() {
    List<QueryRequest> tags =
        request("Tags.member.1.Key=a&Tags.member.1.Value=b&Tags.member.2.Key=c").members("Tags", 5);

    assertThat(tags).hasSize(2);
    assertThat(tags.getFirst().required("Value")).isEqualTo("b");
    assertRefused("tags.2.member.value", "not be null", () -> tags.get(1).required("Value"));
  }

  @Test
  void structuresAreInStructures() {
    QueryRequest outer = request("A.member.1.B.member.1.C=x&A.member.1.B.member.2.C=y");

    assertThat(outer.members("A", 1).getFirst().members("B", 2))
        .extracting(inner -> inner.required("C"))
        .containsExactly("x", "y");
  }

  @ParameterizedTest
  @CsvSource({"5,5", "1,1", "10,10", "007,7"})
  void aNumberIsRead(String text, int number) {
    assertThat(request("N=" + text).optionalNumber("N", 1, 10)).hasValue(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "11", "-1", "1e1", "0x1", "%20", "1%20", "99999999999999999999"})
  void whatIsNoNumberWithinTheBoundsIsRefused(String text) {
    assertRefused("n", "", () -> request("N=" + text).optionalNumber("N", 1, 10));
  }

  @Test
  void aValueIsOneOfThoseThereAre() {
    assertThat(request("S=a").optionalOneOf("S", List.of("a", "b"))).hasValue("a");
    assertThat(request("").optionalOneOf("S", List.of("a", "b"))).isEmpty();
    assertRefused("s", "[a, b]", () -> request("S=A").optionalOneOf("S", List.of("a", "b")));
  }

  @Test
  void nothingThatWasSentIsPrinted() {
    assertThat(request("Secret=hidden")).asString().doesNotContain("hidden");
    assertThat(Element.of("AccessKey", Element.of("SecretAccessKey", "hidden")))
        .asString()
        .doesNotContain("hidden");
  }
}

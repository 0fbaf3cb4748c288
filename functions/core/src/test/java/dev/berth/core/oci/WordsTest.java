package dev.berth.core.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The words of the wire: digests, tags, repository names and references. */
class WordsTest {

  private static final String HEX = "0123456789abcdef".repeat(4);

  @Example
  void aDigestIsReadAndWrittenAlike() {
    assertThat(Digest.parse("sha256:" + HEX)).contains(new Digest(Algorithm.SHA256, HEX));
    assertThat(Digest.parse("sha512:" + HEX + HEX).orElseThrow())
        .hasToString("sha512:" + HEX + HEX);
    assertThat(Digest.sha256(new byte[0]).hex())
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  @Example
  void whatIsNoDigestIsNotRead() {
    assertThat(
            new String[] {
              "",
              ":",
              HEX,
              "sha256:",
              "sha256:" + HEX + "0",
              "sha256:" + HEX.substring(1),
              "sha512:" + HEX,
              "md5:" + HEX,
              "SHA256:" + HEX,
              "sha256:" + HEX.toUpperCase(),
              "sha256:" + HEX.substring(1) + "\n",
              "sha256:" + HEX.substring(1) + "\u0661",
              " sha256:" + HEX
            })
        .allSatisfy(text -> assertThat(Digest.parse(text)).isEmpty());
    assertThatIllegalArgumentException().isThrownBy(() -> new Digest(Algorithm.SHA512, HEX));
  }

  @Example
  void aTagHas1To128CharactersAndBeginsWithNoPunctuation() {
    assertThat(new String[] {"1", "_", "latest", "V1.0-rc_2", "a".repeat(128)})
        .allSatisfy(text -> assertThat(Tag.parse(text)).contains(new Tag(text)));
    assertThat(new String[] {"", ".a", "-a", "a b", "a/b", "a:b", "ä", "a\n", "a".repeat(129)})
        .allSatisfy(text -> assertThat(Tag.parse(text)).isEmpty());
    assertThatIllegalArgumentException().isThrownBy(() -> new Tag(""));
  }

  @Example
  void aRepositoryNameHas2To256CharactersInComponents() {
    assertThat(
            new String[] {
              "ab",
              "a/b",
              "team-a/app",
              "a.b_c__d---e",
              "0/1/2",
              "a".repeat(256),
              "a/".repeat(127) + "ab"
            })
        .allSatisfy(text -> assertThat(RepositoryName.parse(text)).contains(name(text)));
    assertThat(
            new String[] {
              "",
              "a",
              "A/b",
              "a//b",
              "/ab",
              "ab/",
              "-ab",
              "ab-",
              "a..b",
              "a._b",
              "a___b",
              "a/../b",
              "a b",
              "ab\n",
              "ä-b",
              "a".repeat(257)
            })
        .allSatisfy(text -> assertThat(RepositoryName.parse(text)).isEmpty());
    assertThatIllegalArgumentException().isThrownBy(() -> name("A"));
  }

  @Property(tries = 2000)
  void theNamesAreThoseOfTheModelsPattern(@ForAll("nearlyNames") String text) {
    boolean inModel =
        text.length() >= 2 && text.length() <= 256 && Pattern.matches(RepositoryName.PATTERN, text);
    assertThat(RepositoryName.parse(text).isPresent()).isEqualTo(inModel);
  }

  @Provide
  static Arbitrary<String> nearlyNames() {
    return Arbitraries.strings().withChars("a0.-_/").ofMaxLength(12);
  }

  @Example
  void aNameThatFailsAtItsEndFailsAtOnce() {
    // a pattern that goes back over what it has read would not end in the lifetime of this test
    assertThat(new String[] {"a".repeat(255) + "!", "a-".repeat(127) + "a!", "-".repeat(256)})
        .allSatisfy(text -> assertThat(RepositoryName.parse(text)).isEmpty());
    assertThat(RepositoryName.parse("a-".repeat(1_000_000))).isEmpty();
    assertThat(Tag.parse("a".repeat(1_000_000))).isEmpty();
    assertThat(Digest.parse("sha256:" + "a".repeat(1_000_000))).isEmpty();
  }

  @Example
  void aReferenceWithAColonIsADigestAndAnyOtherATag() {
    assertThat(Reference.parse("latest")).contains(new Reference.ByTag(new Tag("latest")));
    assertThat(Reference.parse("sha256:" + HEX))
        .contains(new Reference.ByDigest(new Digest(Algorithm.SHA256, HEX)));
    assertThat(Reference.parse("sha256-" + HEX)).get().isInstanceOf(Reference.ByTag.class);
    assertThat(Reference.parse("sha256:latest")).isEmpty();
    assertThat(Reference.parse("../etc")).isEmpty();
    assertThat(Reference.parse("")).isEmpty();
  }

  private static RepositoryName name(String text) {
    return new RepositoryName(text);
  }
}

package dev.berth.core.text;

/** Text of a stranger's as a message can carry it: short, in one line, and writable as UTF-8. */
public final class Excerpt {

  private static final int LONGEST = 200;

  /** Control characters, and halves of surrogate pairs, which JSON can escape. */
  private static final String UNWRITABLE = "[\\p{Cntrl}\\p{Cs}]";

  private Excerpt() {}

  public static String of(String text) {
    return of(text, LONGEST);
  }

  /**
   * @param longest in characters, of what is not cut off
   */
  public static String of(String text, int longest) {
    return text.length() <= longest ? writable(text) : writable(text.substring(0, longest)) + "...";
  }

  private static String writable(String text) {
    return text.replaceAll(UNWRITABLE, "?");
  }
}

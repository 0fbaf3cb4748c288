package dev.berth.core.login;

/** The name of the session that a principal of AWS gets here: what its ARN ends with. */
public final class SessionName {

  /** STS API, AssumeRole: RoleSessionName. */
  private static final String NOT_IN_A_NAME = "[^\\w+=,.@-]";

  private static final int SHORTEST = 2;
  private static final int LONGEST = 64;

  private SessionName() {}

  /**
   * @param principalArn as STS names it; a root's ends with {@code :root}
   */
  public static String of(String principalArn) {
    String last = principalArn.substring(1 + lastSeparator(principalArn));
    String clean = last.replaceAll(NOT_IN_A_NAME, "-");
    String name = clean.length() < SHORTEST ? "aws-" + clean : clean;
    return name.substring(0, Math.min(LONGEST, name.length()));
  }

  private static int lastSeparator(String arn) {
    return Math.max(arn.lastIndexOf('/'), arn.lastIndexOf(':'));
  }
}

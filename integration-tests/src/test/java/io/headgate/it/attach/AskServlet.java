// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.attach;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The app that is deployed: answers with what each of its clients was answered. */
public final class AskServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    String url = System.getProperty("probe.url");
    try {
      response
          .getWriter()
          .print(
              "okhttp "
                  + new Probe.OkHttp().post(url)
                  + " jdk "
                  + new Probe.Jdk().post(url)
                  + " url "
                  + new Probe.UrlConnection().post(url));
    } catch (Exception e) {
      throw new ServletException(e);
    }
  }

  @Override
  public void destroy() {
    try {
      LoadersProbe.stopThreads(getClass().getClassLoader());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}

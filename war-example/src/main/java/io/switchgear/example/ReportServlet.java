package io.switchgear.example;

import io.switchgear.CircuitBreakers;
import jakarta.inject.Inject;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** How all breakers stand, what is most urgent first: the library's own report, as JSON-B writes it. */
@WebServlet("/report")
public class ReportServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient CircuitBreakers breakers;

    private transient Jsonb json;

    @Override
    public void init() {
        json = JsonbBuilder.create();
    }

    @Override
    public void destroy() {
        try {
            json.close();
        } catch (Exception failed) {
            log("what writes reports could not be closed", failed);
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("application/json");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getWriter().write(json.toJson(breakers.report()));
    }
}
